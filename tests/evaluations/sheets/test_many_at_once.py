"""What is asked of many sheets at once is what is asked of each of them alone."""

import pytest

from evaluations.domain.improvement import answer_point
from evaluations.models import Sheet
from evaluations.queries.checked_sheets import (
    checked_sheet_of,
    checked_sheets_of,
    contents_of,
)
from evaluations.workflow.guards import Examined, examine
from staffing.models import SeniorPost
from tests.evaluations.review import comment, rewrite
from tests.evaluations.years import make_years
from tests.factories import YEAR, ContributionFactory, complete

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]


@pytest.fixture
def sheets():
    """Three years of a contribution, and the newest sheets of two others.

    The first is being corrected, the second in review.
    """
    years = make_years()
    contribution, people = years.contribution, years.people
    first = years.open()
    years.to_review(first)
    years.grade(first, "C")
    points = [years.raise_point(first, text, key="act") for text in ("済んだ点。", "続く点。")]
    years.approve(first)
    second = years.open(YEAR + 1)
    for point, status in zip(points, ("done", "ongoing"), strict=True):
        said = {"status": status, "text": "行った。", "version": 0}
        answer_point(second, point.pk, actor=people["officer"], **said)
    rewrite(second, plan="・二年目の計画を進めた。")
    years.to_review(second)
    years.step(second, "return", "reviewer", "数値を加えてください。")
    years.to_review(second)
    comment(second, people["reviewer"], is_blocking=True)
    years.step(first, "reopen", "coordinator", "誤記の訂正。")
    rewrite(first, plan="・訂正の途中である。")
    ContributionFactory(organization=contribution.organization)
    ContributionFactory()
    third = years.open(YEAR + 2)
    for sheet in Sheet.objects.filter(cycle=third.cycle):
        complete(sheet)
    rewrite(third, diplomatic_relevance="・同じ機関の拠出金のシートを参照。")
    snapshot = contribution.organization.staffing_snapshots.latest("as_of")
    SeniorPost.objects.create(snapshot=snapshot, title="事務局次長", grade="D1")
    return list(
        Sheet.objects.select_related(
            "edition", "cycle__edition", "division", "contribution__organization"
        ).order_by("pk")
    )


def test_many_views_are_the_views_of_each(sheets):
    views = checked_sheets_of(sheets, contents_of(sheets))
    assert [views[sheet.pk] for sheet in sheets] == [
        checked_sheet_of(Sheet.objects.get(pk=sheet.pk)) for sheet in sheets
    ]
    # There is something to confuse: years before, points, posts.
    first, second, third, same_organization, other = (views[sheet.pk] for sheet in sheets)
    assert first.last_year is same_organization.last_year is other.last_year is None
    assert second.last_year.texts["plan"] == "・訂正の途中である。"
    assert third.last_year.texts["plan"] == "・二年目の計画を進めた。"
    assert [len(view.carried_points) for view in (first, second, third, other)] == [0, 2, 1, 0]
    posts = [len(view.senior_posts) for view in (third, same_organization, other)]
    assert posts == [1, 1, 0]


def test_many_are_examined_as_each_is_alone(sheets):
    def found(each):
        return each.view, each.confirmed, each.returned, list(each.blocking)

    examined = examine(sheets)
    assert [found(each) for each in examined] == [
        found(Examined(Sheet.objects.get(pk=sheet.pk))) for sheet in sheets
    ]
    second = examined[1]
    assert (second.confirmed.number, second.returned.number, len(second.blocking)) == (5, 3, 1)
    assert examine([]) == []
