"""A warning may stand, with an answer that is kept as long as the words meant do."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.models import AuditEntry
from evaluations.checks import Level, findings_in
from evaluations.domain.answers import answer_finding
from evaluations.domain.entries import fill_entries
from evaluations.models import FindingAnswer, Sheet
from evaluations.queries.view import view_of
from evaluations.refusals import Invalid, NotAllowed
from tests.factories import complete, make_person, make_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet():
    sheet = complete(make_sheet())
    fill_entries(sheet, {"do": "JPOの定着率は95%である。"})
    return sheet


def warning_of(sheet):
    findings = findings_in(view_of(Sheet.objects.get(pk=sheet.pk)))
    return next(f for f in findings if f.level == Level.WARNING and "95" in f.quote)


def test_an_answer_is_kept_and_shown_to_those_who_decide(sheet, client):
    officer = make_person(Role.OFFICER, sheet.division)
    warning = warning_of(sheet)
    client.force_login(officer)
    url = reverse("finding_answer", args=[sheet.pk, warning.key])
    assert warning.message in client.get(url).content.decode()
    assert client.post(url, {"answer": "人事課の集計による。"}).status_code == 302
    client.force_login(make_person(Role.REVIEWER))
    page = client.get(reverse("sheet_detail", args=[sheet.pk])).content.decode()
    assert "人事課の集計による。" in page
    entry = AuditEntry.objects.get(action="finding.answer")
    assert "人事課" not in str(entry.after)


def test_a_second_answer_replaces_the_first(sheet):
    officer = make_person(Role.OFFICER, sheet.division)
    warning = warning_of(sheet)
    for words in ("一度目。", "二度目。"):
        answer_finding(sheet, warning.key, words, actor=officer)
    assert FindingAnswer.objects.get().answer == "二度目。"


def test_the_answer_holds_while_its_words_do(sheet):
    officer = make_person(Role.OFFICER, sheet.division)
    key = warning_of(sheet).key
    answer_finding(sheet, key, "集計による。", actor=officer)
    fill_entries(sheet, {"do": "前置きを加えた。JPOの定着率は95%である。"})
    assert warning_of(sheet).key == key


@pytest.mark.parametrize(
    ("answer", "message"),
    [("", "回答を記入"), ("　\n", "回答を記入"), ("あ" * 1001, "1,000字以内")],
)
def test_a_bad_answer_is_refused_with_the_reason(sheet, client, answer, message):
    client.force_login(make_person(Role.OFFICER, sheet.division))
    url = reverse("finding_answer", args=[sheet.pk, warning_of(sheet).key])
    page = client.post(url, {"answer": answer})
    assert page.status_code == 422
    assert message in page.content.decode()
    assert not FindingAnswer.objects.exists()


def test_only_the_division_answers_and_only_what_was_asked(sheet):
    warning = warning_of(sheet)
    with pytest.raises(NotAllowed):
        answer_finding(sheet, warning.key, "はい。", actor=make_person(Role.REVIEWER))
    officer = make_person(Role.OFFICER, sheet.division)
    with pytest.raises(Invalid, match="この指摘は、もうありません"):
        answer_finding(sheet, "0" * 16, "はい。", actor=officer)
