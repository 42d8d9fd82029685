"""改善点: the open improvement points of a sheet, and the list of all points."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.roles import Roles
from editions.enums import ItemKind
from evaluations.access.visibility import taken_part_in_with
from evaluations.checks import CarriedPoint
from evaluations.enums import SETTLED, Action, AnswerStatus, State
from evaluations.models import ImprovementAnswer, ImprovementPoint, Sheet, Transition
from evaluations.queries.content import items_of

# The status of a point that no year has answered yet.
UNANSWERED = "unanswered"


@dataclass(frozen=True)
class OpenPoint:
    """An improvement point of an earlier year that a sheet has to answer.

    ``answer`` is the answer on the sheet itself, ``earlier`` are those of the years between, oldest
    first; ``item`` is the item of the sheet's form at which it is shown.
    """

    point: ImprovementPoint
    answer: ImprovementAnswer | None
    earlier: tuple[ImprovementAnswer, ...]
    item: str

    @property
    def name(self) -> str:
        """Its name in messages: 「平成29年度の改善点1」."""
        return f"{self.point.sheet.edition.year_label}の{self.point}"


@dataclass(frozen=True)
class ListedPoint:
    """A row of the list of points: the point, its status in words, and whether it is overdue."""

    point: ImprovementPoint
    status: str
    is_overdue: bool


def open_points(sheet: Sheet) -> list[OpenPoint]:
    """Return the points of earlier years that ``sheet`` has to answer, oldest first.

    A point counts once its own sheet has been approved, unless that was undone, and until the
    sheet of a year between says that it is done or dropped. Two queries at most.
    """
    return open_points_of([sheet]).get(sheet.pk, [])


def open_points_of(sheets: Collection[Sheet]) -> dict[int, list[OpenPoint]]:
    """Return ``open_points`` of each of ``sheets`` that has any, by id. Two queries at most."""
    if not sheets:
        return {}
    answers = ImprovementAnswer.objects.select_related(
        "sheet__cycle", "sheet__edition", "answered_by"
    ).order_by("sheet__cycle__fiscal_year")
    newest = max(sheet.cycle.fiscal_year for sheet in sheets)
    points = (
        _decided()
        .filter(
            sheet__contribution__in={sheet.contribution_id for sheet in sheets},
            sheet__cycle__fiscal_year__lt=newest,
        )
        .prefetch_related(Prefetch("answers", answers))
        .order_by("sheet__cycle__fiscal_year", "number")
    )
    by_contribution: dict[int, list[ImprovementPoint]] = defaultdict(list)
    for point in points:
        by_contribution[point.sheet.contribution_id].append(point)
    return {
        sheet.pk: found
        for sheet in sheets
        if (found := _open_to(sheet, by_contribution[sheet.contribution_id]))
    }


def _open_to(sheet: Sheet, points: Iterable[ImprovementPoint]) -> list[OpenPoint]:
    """Return those of ``points`` that are of years before ``sheet`` and not settled by then."""
    year = sheet.cycle.fiscal_year
    earlier = (point for point in points if point.sheet.cycle.fiscal_year < year)
    found = (_open_point(sheet, point) for point in earlier)
    return [each for each in found if not _is_settled(each.earlier)]


def carried_points(points: Iterable[OpenPoint]) -> tuple[CarriedPoint, ...]:
    """Return ``points`` as the checks look at them."""
    return tuple(
        CarriedPoint(each.item, each.name, each.point.text, each.answer is not None)
        for each in points
    )


def points_visible_to(roles: Roles) -> QuerySet[ImprovementPoint]:
    """Return the points of all years, for those who take part in their sheets.

    Reviewers and coordinators see all, a division those of its own sheets and of those it carries
    on. Each has a ``status``: that of its newest answer, or ``UNANSWERED``.
    """
    newest = ImprovementAnswer.objects.filter(point=OuterRef("pk")).order_by(
        "-sheet__cycle__fiscal_year"
    )
    points = _decided().annotate(
        status=Coalesce(Subquery(newest.values("status")[:1]), Value(UNANSWERED))
    )
    return points.filter(sheet__in=Sheet.objects.filter(taken_part_in_with(roles)))


def listed_points(points: Iterable[Any]) -> list[ListedPoint]:
    """Return ``points``, each with its status, as the list shows them."""
    words = dict(AnswerStatus.choices)
    today = timezone.localdate()
    return [
        ListedPoint(
            point,
            str(words.get(point.status, "未回答")),
            point.due_date < today and point.status not in SETTLED,
        )
        for point in points
    ]


def _decided() -> QuerySet[ImprovementPoint]:
    """Return the points confirmed by an approval that was not undone.

    A correction keeps them; what it adds waits for the approval of the correction.
    """
    after = Transition.objects.filter(sheet=OuterRef("sheet"), pk__gt=OuterRef("pk"))
    approvals = Transition.objects.filter(
        sheet=OuterRef("sheet"), action=Action.APPROVE, at__gte=OuterRef("raised_at")
    ).annotate(next=Coalesce(Subquery(after.order_by("pk").values("action")[:1]), Value("")))
    return (
        ImprovementPoint.objects.filter(Exists(approvals.exclude(next=Action.UNDO_APPROVE)))
        .exclude(sheet__state=State.EXCLUDED)
        .select_related(
            "sheet__cycle", "sheet__edition", "sheet__contribution", "sheet__division",
            "owner_division", "raised_by",
        )
    )  # fmt: skip


def _open_point(sheet: Sheet, point: ImprovementPoint) -> OpenPoint:
    year = sheet.cycle.fiscal_year
    answers = [each for each in point.answers.all() if each.sheet.cycle.fiscal_year <= year]
    return OpenPoint(
        point,
        next((each for each in answers if each.sheet_id == sheet.pk), None),
        tuple(each for each in answers if each.sheet_id != sheet.pk),
        _place_of(sheet, point.key),
    )


def _is_settled(answers: Iterable[ImprovementAnswer]) -> bool:
    return any(answer.status in SETTLED for answer in answers)


def _place_of(sheet: Sheet, key: str) -> str:
    """Return the item of the sheet's form that follows ``key`` of an earlier one, else its grade.

    A form without either has the point at its first item.
    """
    items = items_of(sheet)
    own = next((item for item in items if key and key in (item.key, *item.lineage)), None)
    grade = next((item for item in items if item.kind == ItemKind.GRADE), None)
    return (own or grade or items[0]).key
