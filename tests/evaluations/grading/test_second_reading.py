"""A second reader's grade stands beside the grade, never in its place."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import Role
from audit.models import AuditEntry
from core.refusals import Invalid, NotAllowed, Stale
from evaluations.domain.grading import grade_sheet, read_second
from evaluations.enums import State
from evaluations.models import SecondReading, Sheet
from tests.evaluations.scene import ROLES
from tests.factories import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]


@pytest.fixture
def second():
    return make_person(Role.REVIEWER, display_name="第二 読子")


@pytest.fixture
def sheet(ministry):
    """A sheet in review, graded B by the reviewer."""
    sheet = ministry.put(State.REVIEW)
    grade_sheet(sheet, grade="B", reason="着実。", actor=ministry.people["reviewer"], version=1)
    return sheet


def readings(sheet):
    return list(sheet.second_readings.values_list("reader__display_name", "grade", "reason"))


def test_it_is_recorded_beside_the_grade(sheet, second):
    read_second(sheet, grade="C", reason="数値を欠く。", actor=second, version=2)
    read_second(sheet, grade="A", reason="読み直した。", actor=second, version=2)
    assert readings(sheet) == [("第二 読子", "A", "読み直した。")]
    stored = Sheet.objects.get(pk=sheet.pk)
    assert (stored.overall_grade, stored.version) == ("B", 2)
    entry = AuditEntry.objects.first()
    assert (entry.action, entry.before, entry.after) == (
        "sheet.second_reading",
        {"grade": "C"},
        {"grade": "A", "overall_grade": "B"},
    )


@pytest.mark.parametrize("role", ROLES)
def test_nobody_reads_second_who_gave_the_grade_or_is_no_reviewer(ministry, sheet, role):
    with pytest.raises(NotAllowed) as refusal:
        read_second(sheet, grade="B", reason="同じ。", actor=ministry.people[role], version=2)
    assert refusal.value.message == {
        "reviewer": "総合評価を付けた本人です。第二読者の評価は、ほかの審査担当が記入します。"
    }.get(role, "審査担当が行います。")
    assert readings(sheet) == []


@pytest.mark.parametrize("state", [s for s in State if s != State.REVIEW])
def test_it_belongs_to_the_review(ministry, second, state):
    sheet = ministry.put(state)
    with pytest.raises(NotAllowed, match="審査中のシートに"):
        read_second(sheet, grade="B", reason="同じ。", actor=second, version=sheet.version)


def test_there_is_nothing_to_read_before_the_grade(ministry, second):
    sheet = ministry.put(State.REVIEW)
    with pytest.raises(NotAllowed, match="総合評価が付いた後に"):
        read_second(sheet, grade="B", reason="同じ。", actor=second, version=1)


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"grade": "E"}, Invalid),
        ({"grade": ""}, Invalid),
        ({"reason": "　"}, Invalid),
        ({"version": 1}, Stale),
    ],
)
def test_what_cannot_be_taken_is_refused(sheet, second, given, kind):
    with pytest.raises(kind):
        read_second(sheet, **{"grade": "B", "reason": "同じ。", "version": 2} | given, actor=second)
    assert readings(sheet) == []


def test_a_second_reader_who_takes_the_grade_over_is_one_no_longer(sheet, second):
    other = make_person(Role.REVIEWER, display_name="第三 読太")
    read_second(sheet, grade="A", reason="高い。", actor=second, version=2)
    read_second(sheet, grade="C", reason="低い。", actor=other, version=2)
    grade_sheet(sheet, grade="A", reason="改めた。", actor=second, version=2)
    assert readings(sheet) == [("第三 読太", "C", "低い。")]
    assert Sheet.objects.get(pk=sheet.pk).graded_by == second
    assert AuditEntry.objects.filter(action="sheet.second_reading").count() == 3


def test_a_reading_without_grade_or_reason_cannot_be_stored(sheet, second):
    for wrong in ({"grade": "", "reason": "理由。"}, {"grade": "B", "reason": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SecondReading.objects.create(sheet=sheet, reader=second, role="審査担当", **wrong)


# --- the pages -----------------------------------------------------------------------------------
def test_the_reviewers_see_whether_both_agree_and_the_division_does_not(
    ministry, client, sheet, second
):
    client.force_login(second)
    url = reverse("second_reading", args=[sheet.pk])
    page = client.get(url).content.decode()
    assert ("着実。" in page, "審査 一郎" in page) == (True, True)
    assert client.post(url, {"grade": "", "reason": "", "version": 2}).status_code == 422
    late = client.post(url, {"grade": "C", "reason": "低い。", "version": 1})
    assert (late.status_code, "低い。" in late.content.decode()) == (409, True)
    answer = client.post(url, {"grade": "C", "reason": "低い。", "version": 2}, follow=True)
    assert "総合評価「B」と違います" in answer.content.decode()
    client.post(url, {"grade": "B", "reason": "同じ見方。", "version": 2})
    client.force_login(ministry.people["reviewer"])
    assert "総合評価と同じです" in client.get(f"/sheets/{sheet.pk}/grade/").content.decode()
    client.force_login(ministry.people["officer"])
    assert "同じ見方。" not in client.get(f"/sheets/{sheet.pk}/").content.decode()


def test_whoever_gave_the_grade_is_not_offered_a_second_reading(ministry, client, sheet, second):
    shown = {}
    for name, person in (("first", ministry.people["reviewer"]), ("second", second)):
        client.force_login(person)
        for page in ("sheet_detail", "sheet_grade"):
            html = client.get(reverse(page, args=[sheet.pk])).content.decode()
            shown[name, page] = "第二読者として評価を記入" in html
    assert shown == {
        ("first", "sheet_detail"): False,
        ("first", "sheet_grade"): False,
        ("second", "sheet_detail"): True,
        ("second", "sheet_grade"): True,
    }
