"""How far the years are: their sheets in each state, and each division's."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from evaluations.enums import DECIDED, FINISHED, State
from evaluations.models import Cycle, Sheet
from evaluations.queries.worklist import overdue


@dataclass(frozen=True)
class DivisionProgress:
    """How many of a division's sheets are decided, and how many late; 評価対象外 are left out."""

    division: str
    total: int
    decided: int
    overdue: int


@dataclass(frozen=True)
class YearProgress:
    """The number of sheets of a year in each state, and its divisions, the late ones first."""

    cycle: Cycle
    counts: tuple[tuple[State, int], ...]
    divisions: tuple[DivisionProgress, ...]

    @property
    def total(self) -> int:
        """The number of all sheets."""
        return sum(count for _, count in self.counts)


def progress_of_years() -> list[YearProgress]:
    """Return the newest year, and the earlier ones in which something is left. Two queries."""
    cycles = list(Cycle.objects.select_related("edition").defer("edition__content"))
    rows = (
        Sheet.objects.order_by("division__name_kana", "division__name")
        .values_list("cycle", "division__name", "division__name_kana", "state")
        .annotate(number=Count("pk"), late=Count("pk", filter=overdue()))
    )
    states: dict[int, Counter[str]] = {cycle.pk: Counter() for cycle in cycles}
    divisions: dict[int, dict[str, Counter[str]]] = {cycle.pk: {} for cycle in cycles}
    for cycle, name, _, state, number, late in rows:
        states[cycle][state] += number
        if state != State.EXCLUDED:
            own = divisions[cycle].setdefault(name, Counter())
            own["total"] += number
            own["decided"] += number if state in DECIDED else 0
            own["overdue"] += late
    return [
        _progress(cycle, states[cycle.pk], divisions[cycle.pk])
        for place, cycle in enumerate(cycles)
        if place == 0 or any(states[cycle.pk][s] for s in State if s not in FINISHED)
    ]


def _progress(
    cycle: Cycle, states: Counter[str], divisions: dict[str, Counter[str]]
) -> YearProgress:
    each = [
        DivisionProgress(name, own["total"], own["decided"], own["overdue"])
        for name, own in divisions.items()
    ]
    each.sort(key=lambda division: -division.overdue)
    return YearProgress(cycle, tuple((state, states[state]) for state in State), tuple(each))
