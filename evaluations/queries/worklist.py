"""The work queue: the sheets that wait for a person, with facts to choose the next one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)
from django.utils import timezone

from accounts.roles import Roles
from contributions.models import YearlyAmount
from evaluations.access.visibility import listed, sheets_visible_to
from evaluations.enums import Action, QueueOrder, State
from evaluations.models import Revision, Sheet, Transition
from evaluations.queries.home import DEADLINES, Due, duties_of


@dataclass(frozen=True)
class Waiting(Due):
    """A row of the queue.

    ``answers``: how many warnings were answered, for the reader to judge. ``changed``: in how many
    places the sheet differs from the last decision of this side; None before the first.
    """

    sheet: Sheet
    deadline: date | None
    answers: int
    changed: int | None

    @property
    def days(self) -> int:
        """Days in this state."""
        return (timezone.localdate() - timezone.localdate(self.sheet.state_since)).days


def waiting_for(roles: Roles) -> QuerySet[Sheet]:
    """Return the sheets that wait for a person with ``roles``, the longest waiting first."""
    duties = Q(pk__in=[])
    for duty in duties_of(roles):
        duties |= duty.where & Q(state=duty.state)
    return listed(sheets_visible_to(roles)).filter(duties).order_by("state_since", "pk")


def in_order(sheets: QuerySet[Sheet], order: str) -> QuerySet[Sheet]:
    """Return ``sheets`` in a ``QueueOrder``, by default the longest waiting first."""
    last = ("state_since", "pk")
    match order:
        case QueueOrder.DEADLINE:
            deadlines = [When(state=s, then=F(f"cycle__{name}")) for s, name in DEADLINES.items()]
            due = Case(*deadlines, output_field=DateField())
            return sheets.order_by(due.asc(nulls_last=True), *last)
        case QueueOrder.DIVISION:
            return sheets.order_by("division__name_kana", "division__name", *last)
        case QueueOrder.ORGANIZATION:
            return sheets.order_by("contribution__organization__name_kana", *last)
        case QueueOrder.BUDGET:
            return sheets.order_by(Subquery(_budget()).desc(nulls_last=True), *last)
        case _:
            return sheets.order_by(*last)


def _budget() -> QuerySet[YearlyAmount, Any]:
    """Return the whole budget of the year of a sheet, as a subquery."""
    amounts = YearlyAmount.objects.filter(
        contribution=OuterRef("contribution"), fiscal_year=OuterRef("cycle__fiscal_year")
    )
    total = (
        amounts.order_by().values("contribution").annotate(total=Sum("budget_amount_thousand_yen"))
    )
    return total.values("total")


def next_waiting(roles: Roles) -> Sheet | None:
    """Return the sheet that has waited longest for a person with ``roles``. One query at most."""
    return waiting_for(roles).first() if any(duties_of(roles)) else None


def is_duty(roles: Roles, actions: Iterable[Action]) -> bool:
    """Return whether one of ``actions`` is what a person with ``roles`` has to do with a sheet."""
    duties = {action for duty in duties_of(roles) for action in duty.actions}
    return not duties.isdisjoint(actions)


def overdue() -> Q:
    """Return the condition that a sheet is in a state whose deadline has passed."""
    today = timezone.localdate()
    late = Q(pk__in=[])
    for state, deadline in DEADLINES.items():
        late |= Q(state=state, **{f"cycle__{deadline}__lt": today})
    return late


def rows_of(sheets: Iterable[Sheet]) -> list[Waiting]:
    """Return ``sheets`` as rows of the queue. Two queries."""
    found = list(sheets)
    facts = _facts_of(found)
    revisions = {pk for _, newest, decided in facts.values() for pk in (newest, decided) if pk}
    hashes = dict(Revision.objects.filter(pk__in=revisions).values_list("pk", "item_hashes"))
    rows = []
    for sheet in found:
        answers, newest, decided = facts[sheet.pk]
        deadline = getattr(sheet.cycle, DEADLINES[State(sheet.state)])
        changed = _changed(hashes[decided], hashes[newest]) if decided and newest else None
        rows.append(Waiting(sheet, deadline, answers, changed))
    return rows


def _facts_of(sheets: Iterable[Sheet]) -> dict[int, tuple[int, int | None, int | None]]:
    """Return by sheet the answers, the newest revision, and the one last decided on here."""
    revisions = Revision.objects.filter(sheet=OuterRef("pk")).order_by("-number")
    decided = Transition.objects.filter(
        sheet=OuterRef("pk"), from_state=OuterRef("state"), revision__isnull=False
    ).order_by("-pk")
    facts = (
        Sheet.objects.filter(pk__in=[sheet.pk for sheet in sheets])
        .order_by()
        .values_list(
            "pk",
            Count("finding_answers"),
            Subquery(revisions.values("pk")[:1]),
            Subquery(decided.values("revision")[:1]),
        )
    )
    return {pk: (answers, newest, decided) for pk, answers, newest, decided in facts}


def _changed(then: dict[str, str], now: dict[str, str]) -> int:
    return sum(then.get(key) != value for key, value in now.items())
