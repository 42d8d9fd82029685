"""The home page: piles of sheets that wait for a person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.roles import Roles
from evaluations.access.visibility import answered_for_by, listed, sheets_visible_to
from evaluations.enums import DECIDED, Action, State
from evaluations.models import Sheet

SHOWN = 5


class Due:
    """A base for objects with a ``deadline``, which may be None."""

    deadline: date | None

    @property
    def days_left(self) -> int | None:
        """Days until the deadline, negative when past; None without one."""
        return (self.deadline - timezone.localdate()).days if self.deadline else None

    @property
    def days_over(self) -> int:
        """Days since the deadline passed; 0 while it has not."""
        return max(0, -(self.days_left or 0))


@dataclass(frozen=True)
class Pile(Due):
    """Sheets in one state that wait for the person, those with the nearest deadline first."""

    title: str
    state: State
    task: str
    sheets: list[Sheet]
    count: int
    deadline: date | None


@dataclass(frozen=True)
class Duty:
    """A task of a role with the sheets in one state. ``where`` selects the sheets."""

    title: str
    state: State
    task: str
    actions: tuple[Action, ...]
    where: Q


def duties_of(roles: Roles) -> Iterator[Duty]:
    """Yield the duties of a person with ``roles``, the most urgent first."""
    own, headed = answered_for_by(roles.officer_of), answered_for_by(roles.head_of)
    if roles.officer_of:
        task = "理由を読み、直して再提出します。"
        yield Duty("差戻し", State.RETURNED, task, (Action.SUBMIT,), own)
        yield Duty("作成中", State.DRAFT, "記入して提出します。", (Action.SUBMIT,), own)
    if roles.head_of:
        task, decide = "読んで確認又は差戻しをします。", (Action.CONFIRM, Action.RETURN)
        yield Duty("確認待ち", State.DIVISION_CHECK, task, decide, headed)
    if roles.is_reviewer:
        task, decide = "評価を付け、確定又は差戻しをします。", (Action.APPROVE, Action.RETURN)
        yield Duty("審査待ち", State.REVIEW, task, decide, Q())
    if roles.is_coordinator:
        yield Duty("公表待ち", State.APPROVED, "公表します。", (Action.PUBLISH,), Q())


def piles_of(roles: Roles) -> Iterator[Pile]:
    """Yield the piles of a person with ``roles``. At most three queries a pile."""
    for duty in duties_of(roles):
        yield _pile(duty, roles)


def newly_decided(roles: Roles) -> QuerySet[Sheet]:
    """Return the sheets decided last, for people who read what is decided; none for the others."""
    sheets = listed(sheets_visible_to(roles))
    if not (roles.is_viewer or roles.is_auditor):
        return sheets.none()
    decided = sheets.filter(state__in=DECIDED)
    return decided.order_by("-approved_at", "-pk")[:SHOWN]


# The deadline of the cycle by which a sheet should leave its state.
DEADLINES = {
    State.DRAFT: "submission_deadline",
    State.RETURNED: "submission_deadline",
    State.DIVISION_CHECK: "submission_deadline",
    State.REVIEW: "review_deadline",
    State.APPROVED: "publication_date",
}


def _pile(duty: Duty, roles: Roles) -> Pile:
    name = DEADLINES[duty.state]
    waiting: QuerySet[Sheet] = (
        listed(sheets_visible_to(roles))
        .filter(duty.where, state=duty.state)
        .order_by(F(f"cycle__{name}").asc(nulls_last=True), "state_since", "pk")
    )
    shown = list(waiting[:SHOWN])
    count = waiting.count() if len(shown) == SHOWN else len(shown)
    nearest = getattr(shown[0].cycle, name) if shown else None
    return Pile(duty.title, duty.state, duty.task, shown, count, nearest)
