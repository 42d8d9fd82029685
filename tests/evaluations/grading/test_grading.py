"""The grade: on the year's scale, with a reason, by a reviewer who had no other part in it."""

import pytest

from accounts.enums import Role
from audit.models import AuditEntry
from core.refusals import Invalid, NotAllowed, Stale
from evaluations.domain.grading import grade_sheet
from evaluations.enums import State
from evaluations.models import Authorship, Sheet
from tests.evaluations.scene import also

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

NOT_NOW = "総合評価は、審査中のシートに審査担当が付けます。"


@pytest.fixture
def sheet(ministry):
    return ministry.put(State.REVIEW)


def graded(sheet):
    stored = Sheet.objects.get(pk=sheet.pk)
    return stored.overall_grade, stored.overall_grade_reason, stored.version


def test_a_reviewer_grades_with_a_reason(ministry, sheet):
    before = AuditEntry.objects.count()
    grade_sheet(
        sheet, grade="B", reason="着実。\r\nｶﾅ", actor=ministry.people["reviewer"], version=1
    )
    assert graded(sheet) == ("B", "着実。\nカナ", 2)
    assert (sheet.overall_grade, sheet.version) == ("B", 2)
    entry = AuditEntry.objects.first()
    assert (entry.action, entry.before, entry.after, AuditEntry.objects.count()) == (
        "sheet.grade",
        {"overall_grade": ""},
        {"overall_grade": "B"},
        before + 1,
    )


@pytest.mark.parametrize("grade", ["", "E", "b", "Ａ", "A ", "S", "A+", None])
def test_a_grade_that_the_year_does_not_have_is_refused(ministry, sheet, grade):
    with pytest.raises(Invalid) as refusal:
        grade_sheet(
            sheet, grade=grade, reason="着実。", actor=ministry.people["reviewer"], version=1
        )
    assert refusal.value.message == "総合評価は、この年度の段階から選んでください。"
    assert graded(sheet) == ("", "", 1)


@pytest.mark.parametrize("reason", ["", "  ", "\u3000\n", "\u200b"])
def test_a_grade_without_a_reason_is_refused(ministry, sheet, reason):
    with pytest.raises(Invalid) as refusal:
        grade_sheet(sheet, grade="B", reason=reason, actor=ministry.people["reviewer"], version=1)
    assert refusal.value.message == "評価の理由を記入してください。"
    assert graded(sheet) == ("", "", 1)


@pytest.mark.parametrize("state", [s for s in State if s != State.REVIEW])
def test_a_sheet_is_graded_during_its_review_only(ministry, state):
    sheet = ministry.put(state)
    before = graded(sheet)
    with pytest.raises(NotAllowed) as refusal:
        grade_sheet(
            sheet,
            grade="A",
            reason="着実。",
            actor=ministry.people["reviewer"],
            version=sheet.version,
        )
    assert (refusal.value.message, graded(sheet)) == (NOT_NOW, before)


@pytest.mark.parametrize(
    "role",
    ["officer", "head", "other_head", "coordinator", "viewer", "nobody", "superuser"],
)
def test_nobody_but_a_reviewer_grades(ministry, sheet, role):
    with pytest.raises(NotAllowed, match=r"^審査担当が行います。$"):
        grade_sheet(sheet, grade="A", reason="着実。", actor=ministry.people[role], version=1)
    assert graded(sheet) == ("", "", 1)


@pytest.mark.parametrize("part", ["wrote", "submitted", "confirmed"])
def test_a_reviewer_who_had_a_part_in_the_sheet_does_not_grade_it(ministry, sheet, part):
    person = also(ministry.people["officer"], Role.REVIEWER)
    if part == "wrote":
        Authorship.objects.create(sheet=sheet, user=person)
    else:
        Sheet.objects.filter(pk=sheet.pk).update(**{f"{part}_by": person})
    with pytest.raises(NotAllowed) as refusal:
        grade_sheet(sheet, grade="A", reason="着実。", actor=person, version=1)
    assert refusal.value.message == {
        "wrote": "シートを執筆した本人は確定できません。ほかの審査担当が確定してください。",
    }.get(part, "提出又は確認した本人は確定できません。ほかの審査担当が確定してください。")
    assert graded(sheet) == ("", "", 1)


def test_a_second_reviewer_is_told_that_somebody_was_first(ministry, sheet):
    reviewer = ministry.people["reviewer"]
    grade_sheet(sheet, grade="B", reason="着実。", actor=reviewer, version=1)
    with pytest.raises(Stale):
        grade_sheet(sheet, grade="D", reason="不十分。", actor=reviewer, version=1)
    assert graded(sheet) == ("B", "着実。", 2)


# --- the page ------------------------------------------------------------------------------------
@pytest.fixture
def desk(client, ministry, sheet):
    client.force_login(ministry.people["reviewer"])
    client.url = f"/sheets/{sheet.pk}/grade/"
    return client


def test_the_page_shows_the_yardstick_and_takes_the_grade(desk, sheet):
    choices = desk.get(desk.url).context["form"].fields["grade"].choices
    assert [key for key, _ in choices] == ["A", "B", "C", "D"]
    assert choices[1] == ("B", "B：成果が着実にあがっている")
    answer = desk.post(desk.url, {"grade": "B", "reason": "着実。", "version": 1}, follow=True)
    assert "総合評価「B」を記録しました。" in answer.content.decode()
    assert graded(sheet) == ("B", "着実。", 2)


NO_CHOICE = "選択肢の中から選んでください（「E」は選択肢にありません）。"

# fmt: off
REFUSED = [
    ({"grade": "E"},     422, {"grade": [NO_CHOICE]}),
    ({"grade": ""},      422, {"grade": ["総合評価を選んでください。"]}),
    ({"reason": ""},     422, {"reason": ["評価の理由を記入してください。"]}),
    ({"version": "x"},   422, {"version": ["整数を入力してください。"]}),
    ({"version": ""},    422, {"version": ["この項目は、必ず入力してください。"]}),
    ({"version": 99},    409, {"__all__": [
        "画面を開いた後に、評価又は状態が変わりました。最新の内容を確かめて、もう一度操作してください。"]}),
    ({"version": "-1"},  409, {"__all__": [
        "画面を開いた後に、評価又は状態が変わりました。最新の内容を確かめて、もう一度操作してください。"]}),
]
# fmt: on


@pytest.mark.parametrize(("changes", "status", "found"), REFUSED)
def test_what_cannot_be_taken_comes_back_with_the_reason(desk, sheet, changes, status, found):
    fields = {"grade": "B", "reason": "長い理由。", "version": 1} | changes
    answer = desk.post(desk.url, fields)
    errors = {name: list(messages) for name, messages in answer.context["form"].errors.items()}
    assert (answer.status_code, errors, graded(sheet)) == (status, found, ("", "", 1))
    if fields["reason"]:
        assert "長い理由。" in answer.content.decode()


def test_no_field_but_grade_and_reason_is_heard(desk, ministry, sheet):
    desk.post(
        desk.url,
        {
            "grade": "B",
            "reason": "着実。",
            "version": 1,
            "state": "approved",
            "approved_by": ministry.people["reviewer"].pk,
            "overall_grade": "A",
            "overall_grade_reason": "別の理由",
        },
    )
    stored = Sheet.objects.get(pk=sheet.pk)
    assert (stored.state, stored.approved_by, graded(sheet)) == (
        "review",
        None,
        ("B", "着実。", 2),
    )
