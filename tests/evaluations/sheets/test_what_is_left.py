"""What is left to do on a sheet: where to go on, what keeps a section open, and the next sheet."""

import pytest
from django.urls import reverse

from evaluations.domain.comments import add_remark
from evaluations.domain.finding_answers import answer_warnings
from evaluations.enums import Action, CommentKind, State
from evaluations.models import Sheet
from evaluations.workflow import perform
from tests.evaluations.review import comment, rewrite, wording
from tests.evaluations.scene import make_ministry
from tests.factories import ContributionFactory, complete, make_sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

# A warning: two percentages of the same thing.
DOUBTFUL = "・120名のうち90名（85%）が修了した。"


@pytest.fixture
def ministry():
    return make_ministry()


def opened(client, ministry, who="officer"):
    client.force_login(ministry.people[who])
    return client.get(reverse("sheet_detail", args=[ministry.sheet.pk]))


def status_of(answer, section):
    return next(s["status"] for s in answer.context["steps"] if f"/{section}/" in s["url"])


def test_writing_starts_at_the_first_section_that_is_not_done(ministry, client):
    rewrite(ministry.sheet, diplomatic_relevance="")
    answer = opened(client, ministry)
    assert answer.context["start"].endswith("/sections/diplomatic_relevance/")
    assert f'href="{answer.context["start"]}">記入する</a>' in answer.content.decode()


def test_a_section_is_done_once_its_warnings_have_answers(ministry, client):
    rewrite(ministry.sheet, diplomatic_relevance=DOUBTFUL)
    answer = opened(client, ministry)
    assert status_of(answer, "diplomatic_relevance") == "open"
    page = answer.content.decode()
    assert "要対応" in page
    assert "要確認の指摘1件に回答すると提出できます。" in page
    [(warning, _)] = answer.context["answers"]
    answers = {warning.key: "出典のとおりの数値である。"}
    answer_warnings(ministry.sheet, answers, actor=ministry.people["officer"])
    assert status_of(opened(client, ministry), "diplomatic_relevance") == "done"
    section = client.get(answer.context["start"])
    assert status_of(section, "diplomatic_relevance") == "done"


def test_a_section_is_open_while_a_comment_or_suggestion_waits(ministry, client):
    sheet, reviewer = ministry.put(State.REVIEW), ministry.people["reviewer"]
    thread = comment(sheet, reviewer, "根拠を示してください。")
    section = sheet.edition.definition.section_of(thread.key).key
    assert status_of(opened(client, ministry), section) == "open"
    add_remark(sheet, thread.pk, CommentKind.RESOLVED, "", actor=reviewer)
    assert status_of(opened(client, ministry), section) == "done"
    wording(sheet, reviewer, "・書き直した案。")
    assert status_of(opened(client, ministry), "pdca") == "open"


def test_the_reason_of_a_return_stands_beside_what_is_rewritten(ministry, client):
    ministry.put(State.DIVISION_CHECK)
    step(ministry, Action.RETURN, "head", "時点を書いてください。")
    client.force_login(ministry.people["officer"])
    url = reverse("sheet_section", args=[ministry.sheet.pk, "pdca"])
    assert "時点を書いてください。" in client.get(url).content.decode()
    step(ministry, Action.SUBMIT, "officer")
    assert "時点を書いてください。" not in client.get(url).content.decode()


def test_after_a_decision_the_page_leads_to_the_next_sheet(ministry, client):
    waiting = complete(make_sheet(ContributionFactory(name="次の拠出金")))
    ministry.put(State.REVIEW, waiting)
    ministry.put(State.REVIEW)
    assert opened(client, ministry, "reviewer").context["next_sheet"] is None
    step(ministry, Action.RETURN, "reviewer", "時点を書いてください。")
    answer = opened(client, ministry, "reviewer")
    assert answer.context["next_sheet"] == waiting
    assert "次に対応を待っているシート：" in answer.content.decode()
    # To the officer it is their own turn, and readers have none.
    assert opened(client, ministry).context["next_sheet"] is None
    ministry.put(State.APPROVED)
    assert opened(client, ministry, "viewer").context["next_sheet"] is None


def step(ministry, action, who, comment=""):
    sheet = Sheet.objects.get(pk=ministry.sheet.pk)
    perform(sheet, action, actor=ministry.people[who], comment=comment, version=sheet.version)
