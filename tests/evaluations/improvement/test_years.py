"""改善点: raised with a low grade, carried into the next years, and asked for until settled."""

import pytest

from accounts.roles import roles_of
from evaluations.domain.improvement import answer_point, change_point
from evaluations.enums import State
from evaluations.models import Sheet
from evaluations.queries.improvement import open_points, points_visible_to
from evaluations.refusals import Blocked
from tests.evaluations.improvement.conftest import POINT
from tests.evaluations.years import point_fields, stored_version
from tests.factories import YEAR, ContributionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]


def texts(sheet):
    return [each.point.text for each in open_points(sheet)]


# --- the approval --------------------------------------------------------------------------------
@pytest.mark.parametrize(("grade", "needs"), [("A", 0), ("B", 0), ("C", 1), ("D", 1)])
def test_a_low_grade_is_approved_with_a_point_only(years, first, grade, needs):
    years.grade(first, grade)
    if needs:
        with pytest.raises(Blocked) as blocked:
            years.approve(first)
        [problem] = blocked.value.problems
        assert problem.item == "overall_grade"
        assert problem.message == (
            f"総合評価「{grade}」には、改善点が必要です。担当課室と期限とともに一つ以上記入して"
            "ください。"
        )
        assert Sheet.objects.get(pk=first.pk).state == State.REVIEW
        years.raise_point(first)
    years.approve(first)
    assert Sheet.objects.get(pk=first.pk).state == State.APPROVED


def test_a_sheet_returned_with_a_low_grade_can_be_submitted_again(years, first):
    """The point is the reviewer's to write: nobody else is held up by its absence."""
    years.grade(first, "D")
    years.step(first, "return", "reviewer", "数値を加えてください。")
    years.to_review(first)
    assert Sheet.objects.get(pk=first.pk).state == State.REVIEW


# --- three years ---------------------------------------------------------------------------------
def test_a_point_is_asked_for_year_after_year_until_it_is_settled(years, settled):
    officer = years.people["officer"]
    point = settled.improvement_points.get()
    said = {"actor": officer, "version": 0}

    second = years.open(YEAR + 1)
    [carried] = open_points(second)
    assert (carried.name, carried.item) == (f"{YEAR}年度の改善点1", "act")
    with pytest.raises(Blocked) as blocked:
        years.step(second, "submit", "officer")
    assert [(p.item, p.message) for p in blocked.value.problems] == [
        (
            "act",
            f"{YEAR}年度の改善点1「{POINT}」に回答がありません。実施済み・対応中・取りやめの別と、"
            "行ったことを記入してください。",
        )
    ]
    answer_point(second, point.pk, status="ongoing", text="様式を直した。", **said)
    years.to_review(second)
    years.grade(second, "B")
    years.approve(second)

    third = years.open(YEAR + 2)
    [carried] = open_points(third)
    assert [(a.status, a.text) for a in carried.earlier] == [("ongoing", "様式を直した。")]
    assert carried.answer is None
    with pytest.raises(Blocked):
        years.step(third, "submit", "officer")
    answer_point(third, point.pk, status="done", text="数値で示した。", **said)
    years.to_review(third)
    # What a sheet has answered stays on it; the year after does not hear of it.
    assert [each.answer.status for each in open_points(third)] == ["done"]
    assert open_points(years.open(YEAR + 3)) == []


@pytest.mark.parametrize(("status", "left"), [("done", []), ("dropped", []), ("ongoing", [POINT])])
def test_what_is_done_or_dropped_is_not_carried_on(years, settled, status, left):
    second = years.open(YEAR + 1)
    point = settled.improvement_points.get().pk
    actor = years.people["officer"]
    answer_point(second, point, status=status, text="行った。", actor=actor, version=0)
    assert texts(years.open(YEAR + 2)) == left


def test_a_point_counts_from_the_approval_of_its_sheet_and_outlives_a_correction(years, first):
    years.grade(first, "C")
    years.raise_point(first, POINT)
    second = years.open(YEAR + 1)
    assert texts(second) == []
    years.approve(first)
    assert texts(second) == [POINT]
    years.step(first, "reopen", "coordinator", "誤記の訂正。")
    assert texts(second) == [POINT]


def test_an_approval_that_is_undone_has_left_nothing_to_the_year_after(years, settled):
    second = years.open(YEAR + 1)
    officer = years.people["officer"]
    assert (texts(second), points_visible_to(roles_of(officer)).count()) == ([POINT], 1)
    years.step(settled, "undo_approve", "reviewer", "別のシートと取り違えたため。")
    years.raise_point(settled, "まだ決まっていない点。")
    assert (texts(second), points_visible_to(roles_of(officer)).count()) == ([], 0)
    years.step(second, "submit", "officer")
    years.approve(settled)
    assert texts(second) == [POINT, "まだ決まっていない点。"]


def test_what_a_correction_adds_or_changes_waits_for_its_approval(years, settled):
    second, seen = years.open(YEAR + 1), {"actor": years.people["reviewer"]}
    years.step(settled, "reopen", "coordinator", "誤記の訂正。")
    years.to_review(settled)
    years.raise_point(settled, "訂正で加えた点。")
    assert texts(second) == [POINT]
    fields = point_fields(settled, "訂正で改めた点。")
    change_point(settled, 1, fields, version=stored_version(settled), **seen)
    assert texts(second) == []
    years.approve(settled)
    assert texts(second) == ["訂正で改めた点。", "訂正で加えた点。"]
    # The undone approval was that of the correction; what it changed waits once more.
    years.step(settled, "undo_approve", "reviewer", "訂正に漏れがあったため。")
    assert texts(second) == []


def test_the_first_approval_stands_where_that_of_a_correction_is_undone(years, settled):
    second = years.open(YEAR + 1)
    years.step(settled, "reopen", "coordinator", "誤記の訂正。")
    years.to_review(settled)
    years.raise_point(settled, "訂正で加えた点。")
    years.approve(settled)
    years.step(settled, "undo_approve", "reviewer", "訂正に漏れがあったため。")
    assert texts(second) == [POINT]


def test_another_contributions_points_are_not_carried(years, settled):
    other = ContributionFactory(
        organization=years.contribution.organization,
        responsible_division=years.contribution.responsible_division,
    )
    years.open(YEAR + 1)
    assert open_points(other.sheets.select_related("cycle", "edition").get()) == []
