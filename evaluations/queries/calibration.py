"""The distribution of a year's grades, by number of sheets and by budget, for calibration."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum

from contributions.models import YearlyAmount
from editions.enums import ItemKind
from evaluations.enums import State
from evaluations.models import Cycle, Sheet

UNGRADED = "未評価"


@dataclass(frozen=True)
class GradeShare:
    """How many sheets have a grade, and their budget in 千円; the shares in percent of all.

    ``is_own`` marks the grade of the sheet on the page.
    """

    grade: str
    count: int
    amount_thousand_yen: int
    count_percent: int
    amount_percent: int
    is_own: bool = False


@dataclass(frozen=True)
class DivisionGrades:
    """A division's sheets: how many of each grade, in the order of ``Distribution.shares``."""

    division: str
    counts: tuple[int, ...]
    total: int
    amount_thousand_yen: int


@dataclass(frozen=True)
class Distribution:
    """The grades of a year: best first, those not graded last."""

    shares: tuple[GradeShare, ...]
    divisions: tuple[DivisionGrades, ...]
    count: int
    amount_thousand_yen: int
    without_amount: int


@dataclass(frozen=True)
class _Graded:
    """The fields of a sheet that the distribution needs. ``amount`` in 千円, None where unknown."""

    grade: str
    division: str
    amount: int | None


def distribution_of(cycle: Cycle, own: Sheet | None = None) -> Distribution:
    """Return how the grades of ``cycle`` are distributed, ``own`` among them. Two queries.

    Grades given in a review that is still going on count as well; sheets 評価対象外 do not.
    """
    definition = cycle.edition.definition
    scale = definition.overall_scale
    sheets = _sheets(cycle)
    grades = [grade.key for grade in scale.grades] if scale else []
    grades.append(UNGRADED)
    own_grade = (own.overall_grade or UNGRADED) if own else ""
    total = _amount(sheets)
    return Distribution(
        shares=tuple(_share(grade, sheets, total, own_grade) for grade in grades),
        divisions=tuple(
            _division(name, [s for s in sheets if s.division == name], grades)
            for name in dict.fromkeys(sheet.division for sheet in sheets)
        ),
        count=len(sheets),
        amount_thousand_yen=total,
        without_amount=sum(sheet.amount is None for sheet in sheets),
    )


def _sheets(cycle: Cycle) -> list[_Graded]:
    item = cycle.edition.definition.item_of_kind(ItemKind.BUDGET)
    amounts = dict(
        YearlyAmount.objects.filter(
            fiscal_year=cycle.fiscal_year, kind__in=item.amounts if item else ()
        )
        .order_by()
        .values_list("contribution")
        .annotate(total=Sum("budget_amount_thousand_yen"))
    )
    rows = (
        Sheet.objects.filter(cycle=cycle)
        .exclude(state=State.EXCLUDED)
        .order_by("division__name_kana", "division__name")
        .values_list("overall_grade", "division__name", "contribution")
    )
    return [_Graded(grade or UNGRADED, name, amounts.get(paid)) for grade, name, paid in rows]


def _share(grade: str, sheets: list[_Graded], total: int, own_grade: str) -> GradeShare:
    graded = [sheet for sheet in sheets if sheet.grade == grade]
    amount = _amount(graded)
    return GradeShare(
        grade,
        len(graded),
        amount,
        _percent(len(graded), len(sheets)),
        _percent(amount, total),
        grade == own_grade,
    )


def _division(name: str, sheets: list[_Graded], grades: list[str]) -> DivisionGrades:
    counts = tuple(sum(sheet.grade == grade for sheet in sheets) for grade in grades)
    return DivisionGrades(name, counts, len(sheets), _amount(sheets))


def _amount(sheets: Iterable[_Graded]) -> int:
    return sum(sheet.amount or 0 for sheet in sheets)


def _percent(part: int, whole: int) -> int:
    """Return the share in whole percent, half rounded up; 0 of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else 0
