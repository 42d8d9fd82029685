"""What waits for a person: the piles on the desk of the home page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from accounts.roles import Roles
from evaluations.enums import State
from evaluations.models import Cycle, Sheet
from evaluations.queries.sheets import answered_for_by, sheets_visible_to

SHOWN = 5


@dataclass(frozen=True)
class Pile:
    """Sheets in one state that wait for the person, those with the nearest deadline first."""

    title: str
    state: State
    task: str
    sheets: list[Sheet]
    count: int
    deadline: date | None

    @property
    def days_left(self) -> int | None:
        """Days until the nearest deadline, negative when past; None without one."""
        return (self.deadline - timezone.localdate()).days if self.deadline else None

    @property
    def days_over(self) -> int:
        """Days since the nearest deadline passed; 0 while it has not."""
        return max(0, -(self.days_left or 0))


@dataclass(frozen=True)
class Progress:
    """How many sheets of a year stand in each state."""

    cycle: Cycle
    counts: list[tuple[State, int]]
    total: int


def piles_of(roles: Roles) -> Iterator[Pile]:
    """Yield the piles of a person with ``roles``. At most three queries a pile."""
    own = answered_for_by(roles.officer_of)
    if roles.officer_of:
        yield _pile("差戻し", State.RETURNED, "理由を読み、直して再提出します。", roles, own)
        yield _pile("作成中", State.DRAFT, "記入して提出します。", roles, own)
    if roles.head_of:
        headed = answered_for_by(roles.head_of)
        yield _pile(
            "確認待ち", State.DIVISION_CHECK, "読んで確認又は差戻しをします。", roles, headed
        )
    if roles.is_reviewer:
        yield _pile("審査待ち", State.REVIEW, "評価を付け、確定又は差戻しをします。", roles, Q())
    if roles.is_coordinator:
        yield _pile("公表待ち", State.APPROVED, "公表します。", roles, Q())


def progress_of_newest_cycle() -> Progress | None:
    """Return the newest year's progress, or None before the first year. Two queries."""
    cycle = Cycle.objects.select_related("edition").first()
    if cycle is None:
        return None
    found = dict(
        Sheet.objects.filter(cycle=cycle)
        .order_by()
        .values_list("state")
        .annotate(number=Count("pk"))
    )
    counts = [(state, found.get(state, 0)) for state in State]
    return Progress(cycle, counts, sum(found.values()))


_DEADLINES = {
    State.DRAFT: "submission_deadline",
    State.RETURNED: "submission_deadline",
    State.DIVISION_CHECK: "submission_deadline",
    State.REVIEW: "review_deadline",
    State.APPROVED: "publication_date",
}


def _pile(title: str, state: State, task: str, roles: Roles, where: Q) -> Pile:
    deadline = f"cycle__{_DEADLINES[state]}"
    waiting: QuerySet[Sheet] = (
        sheets_visible_to(roles)
        .filter(where, state=state)
        .order_by(F(deadline).asc(nulls_last=True), "state_since", "pk")
    )
    shown = list(waiting[:SHOWN])
    count = waiting.count() if len(shown) == SHOWN else len(shown)
    nearest = getattr(shown[0].cycle, _DEADLINES[state]) if shown else None
    return Pile(title, state, task, shown, count, nearest)
