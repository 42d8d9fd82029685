"""A warning may stand, with an answer that is kept as long as the words meant do."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from audit.models import AuditEntry
from core.refusals import Invalid, NotAllowed
from evaluations.checks import Level, findings_in
from evaluations.domain.entries import fill_entries
from evaluations.domain.finding_answers import answer_warnings
from evaluations.enums import State
from evaluations.models import FindingAnswer, Sheet
from evaluations.queries.checked_sheets import checked_sheet_of
from evaluations.queries.content import entries_of
from evaluations.refusals import Blocked
from evaluations.workflow import perform
from tests.factories import complete, make_person, make_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet():
    return say(complete(make_sheet()), do="JPOの定着率は95%である。")


def say(sheet, **texts):
    """Let the entries called by ``texts`` say that, the others what they say already."""
    fill_entries(sheet, {key: entry.text for key, entry in entries_of(sheet).items()} | texts)
    return sheet


def warnings_of(sheet):
    findings = findings_in(checked_sheet_of(Sheet.objects.get(pk=sheet.pk)))
    return [finding for finding in findings if finding.level == Level.WARNING]


def warning_of(sheet):
    return next(finding for finding in warnings_of(sheet) if "95" in finding.quote)


def test_an_answer_is_kept_and_shown_to_those_who_decide(sheet, client):
    officer = make_person(Role.OFFICER, sheet.division)
    warning = warning_of(sheet)
    client.force_login(officer)
    url = reverse("sheet_answers", args=[sheet.pk])
    assert warning.message in client.get(url).content.decode()
    assert client.post(url, {warning.key: "人事課の集計による。"}).status_code == 302
    client.force_login(make_person(Role.REVIEWER))
    page = client.get(reverse("sheet_detail", args=[sheet.pk])).content.decode()
    assert "人事課の集計による。" in page
    entry = AuditEntry.objects.get(action="finding.answer")
    assert "人事課" not in str(entry.after)


def test_a_second_answer_replaces_the_first(sheet):
    officer = make_person(Role.OFFICER, sheet.division)
    warning = warning_of(sheet)
    for words in ("一度目。", "二度目。"):
        answer_warnings(sheet, {warning.key: words}, actor=officer)
    assert FindingAnswer.objects.get().answer == "二度目。"


def test_the_answer_holds_while_its_words_do(sheet):
    officer = make_person(Role.OFFICER, sheet.division)
    key = warning_of(sheet).key
    answer_warnings(sheet, {key: "集計による。"}, actor=officer)
    say(sheet, do="前置きを加えた。JPOの定着率は95%である。")
    assert warning_of(sheet).key == key


@pytest.mark.parametrize(
    ("answer", "message"),
    [("", "回答を記入"), ("　\n", "回答を記入"), ("あ" * 1001, "1,000字以内")],
)
def test_a_bad_answer_is_refused_with_the_reason(sheet, answer, message):
    officer = make_person(Role.OFFICER, sheet.division)
    with pytest.raises(Invalid, match=message):
        answer_warnings(sheet, {warning_of(sheet).key: answer}, actor=officer)
    assert not FindingAnswer.objects.exists()


def test_the_page_keeps_every_box_when_one_is_too_long(sheet, client):
    client.force_login(make_person(Role.OFFICER, sheet.division))
    say(sheet, check="満足度は87%である。")
    first, second = warnings_of(sheet)[:2]
    url = reverse("sheet_answers", args=[sheet.pk])
    answer = client.post(url, {first.key: "人事課の集計による。", second.key: "あ" * 1001})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "1,000字以内" in shown
    assert "人事課の集計による。" in shown
    assert not FindingAnswer.objects.exists()


def test_a_colleagues_answer_is_not_overwritten_unseen(sheet, client):
    mine, colleague = (make_person(Role.OFFICER, sheet.division) for _ in range(2))
    key = warning_of(sheet).key
    url = reverse("sheet_answers", args=[sheet.pk])
    answer_warnings(sheet, {key: "初めの回答。"}, actor=mine)
    client.force_login(mine)
    answer_warnings(sheet, {key: "同僚の回答。"}, actor=colleague)
    # What she left as she found it is not sent back over theirs.
    client.post(url, {key: "初めの回答。", f"was_{key}": "初めの回答。"})
    assert FindingAnswer.objects.get().answer == "同僚の回答。"
    # What she wrote since is kept in its box, beside theirs, until she has seen it.
    refused = client.post(url, {key: "私の回答。", f"was_{key}": "初めの回答。"})
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert "「同僚の回答。」と回答しました" in shown
    assert "私の回答。" in shown
    assert FindingAnswer.objects.get().answer == "同僚の回答。"
    client.post(url, {key: "私の回答。", f"was_{key}": "同僚の回答。"})
    assert FindingAnswer.objects.get().answer == "私の回答。"


def test_an_answer_can_be_replaced_but_not_emptied(sheet, client):
    client.force_login(make_person(Role.OFFICER, sheet.division))
    url = reverse("sheet_answers", args=[sheet.pk])
    key = warning_of(sheet).key
    client.post(url, {key: "人事課の集計による。"})
    assert "空にはできません" in client.post(url, {key: ""}).content.decode()
    again = client.post(url, {key: "人事課の集計による。"}, follow=True)
    assert "変更はありませんでした" in again.content.decode()
    assert AuditEntry.objects.filter(action="finding.answer").count() == 1


def test_a_sheet_is_submitted_when_every_warning_has_its_answer(sheet, client):
    officer = make_person(Role.OFFICER, sheet.division)
    client.force_login(officer)
    asked = warnings_of(sheet)
    url = reverse("sheet_act", args=[sheet.pk, "submit"])
    shown = client.get(url).content.decode()
    assert "未回答の指摘" in shown
    assert f"{reverse('sheet_answers', args=[sheet.pk])}#finding-{asked[0].key}" in shown
    with pytest.raises(Blocked) as refusal:
        perform(sheet, "submit", actor=officer, version=sheet.version)
    assert [problem.warning for problem in refusal.value.problems] == [f.key for f in asked]
    answer_warnings(sheet, {f.key: "確かめた。" for f in asked}, actor=officer)
    perform(sheet, "submit", actor=officer, version=sheet.version)
    assert sheet.state == State.DIVISION_CHECK


def test_only_the_division_answers_and_only_what_was_asked(sheet):
    warning = warning_of(sheet)
    with pytest.raises(NotAllowed):
        answer_warnings(sheet, {warning.key: "はい。"}, actor=make_person(Role.REVIEWER))
    officer = make_person(Role.OFFICER, sheet.division)
    with pytest.raises(Invalid, match="この指摘は、もうありません"):
        answer_warnings(sheet, {"0" * 16: "はい。"}, actor=officer)
