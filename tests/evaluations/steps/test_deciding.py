"""A decision is taken where the sheet is read: the paper, what changed, what is fixed."""

import pytest
from django.urls import reverse

from evaluations.domain.grading import grade_sheet
from evaluations.enums import Action, State
from evaluations.models import Sheet
from tests.evaluations.review import rewrite
from tests.evaluations.scene import make_ministry
from tests.factories import ContributionFactory, complete, make_sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

REASON = "着実な成果がある。"


@pytest.fixture
def ministry():
    ministry = make_ministry()
    rewrite(ministry.sheet, plan="・印刷される計画の文。")
    return ministry


def page_of(client, ministry, who, action):
    client.force_login(ministry.people[who])
    return client.get(reverse("sheet_act", args=[ministry.sheet.pk, action]))


def test_the_head_reads_the_paper_and_confirms_on_one_page(ministry, client):
    ministry.put(State.DIVISION_CHECK)
    page = page_of(client, ministry, "head", Action.CONFIRM).content.decode()
    for words in (
        "<h2>シートを確認する</h2>",
        "・印刷される計画の文。".removeprefix("・"),
        "このシートについての判断は初めてです。",
        "確認する</button>",
    ):
        assert words in page
    assert "これで確定するもの" not in page


def test_the_approval_says_exactly_what_is_fixed(ministry, client):
    sheet = ministry.put(State.REVIEW)
    reviewer = ministry.people["reviewer"]
    grade_sheet(sheet, grade="B", reason=REASON, actor=reviewer, version=sheet.version)
    page = page_of(client, ministry, "reviewer", Action.APPROVE).content.decode()
    for words in ("これで確定するもの", "<dd>B</dd>", REASON, "<dt>改善点</dt><dd>なし</dd>"):
        assert words in page


def test_what_stands_against_it_is_said_without_the_paper(ministry, client):
    ministry.put(State.REVIEW)
    answer = page_of(client, ministry, "reviewer", Action.APPROVE)
    assert answer.context["problems"]
    assert "printed" not in answer.context
    assert "シートに戻る" in answer.content.decode()


def post(client, url, then="", **fields):
    shown = client.get(url).context["form"]
    return client.post(
        url,
        {name: shown[name].value() or "" for name in shown.fields}
        | fields
        | ({"then": then} if then else {}),
    )


def test_a_reviewer_grades_approves_and_goes_on_without_going_back(ministry, client):
    following = complete(make_sheet(ContributionFactory(name="次の拠出金")))
    ministry.put(State.REVIEW)
    ministry.put(State.REVIEW, following)
    client.force_login(ministry.people["reviewer"])
    grade = reverse("sheet_grade", args=[ministry.sheet.pk])
    assert "・印刷される計画の文。".removeprefix("・") in client.get(grade).content.decode()
    answer = post(client, grade, then="approve", grade="B", reason=REASON)
    approve = reverse("sheet_act", args=[ministry.sheet.pk, Action.APPROVE])
    assert answer.url == approve
    assert "確定して次のシートへ" in client.get(approve).content.decode()
    assert post(client, approve, then="next").url == reverse("sheet_grade", args=[following.pk])
    assert Sheet.objects.get(pk=ministry.sheet.pk).state == State.APPROVED


def test_with_nothing_else_waiting_it_leads_back_to_the_sheet(ministry, client):
    ministry.put(State.DIVISION_CHECK)
    client.force_login(ministry.people["head"])
    confirm = reverse("sheet_act", args=[ministry.sheet.pk, Action.CONFIRM])
    assert "確認して次のシートへ" not in client.get(confirm).content.decode()
    answer = post(client, confirm, then="next")
    assert answer.url == reverse("sheet_detail", args=[ministry.sheet.pk])
