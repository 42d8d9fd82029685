"""Reminding people of the deadlines of a year: one table."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse

from accounts.domain.messages import tell
from accounts.enums import DIVISION_ROLES, MessageKind, Role
from accounts.models import Division
from accounts.queries import people_with
from evaluations.enums import State
from evaluations.models import Cycle, Sheet

DAYS = (-14, -3, 0, 3)


@dataclass(frozen=True)
class Reminder:
    """A row of the table: whom a date of the cycle reminds of sheets in which states."""

    deadline: str  # a field of Cycle
    label: str
    role: Role
    states: tuple[State, ...]
    what: str


UNFINISHED = (State.DRAFT, State.RETURNED)

# fmt: off
REMINDERS: tuple[Reminder, ...] = (
    Reminder("submission_deadline", "提出期限", Role.OFFICER,  UNFINISHED,              "未提出"),
    Reminder("submission_deadline", "提出期限", Role.HEAD,     (State.DIVISION_CHECK,), "未確認"),
    Reminder("review_deadline",     "審査期限", Role.OFFICER,  UNFINISHED,              "未提出"),
    Reminder("review_deadline",     "審査期限", Role.HEAD,     (State.DIVISION_CHECK,), "未確認"),
    Reminder("review_deadline",     "審査期限", Role.REVIEWER, (State.REVIEW,),         "未審査"),
)
# fmt: on


def remind(day: date) -> None:
    """Remind everybody for whom ``day`` is a day of reminding, all or nothing.

    A second call adds nothing, unless a deadline was moved meanwhile.
    """
    with transaction.atomic():
        for cycle in Cycle.objects.all():
            for reminder in REMINDERS:
                deadline = getattr(cycle, reminder.deadline)
                if deadline and (day - deadline).days in DAYS:
                    for division, count in _waiting(reminder, cycle):
                        _tell(reminder, cycle, deadline, day, division, count)


def _waiting(reminder: Reminder, cycle: Cycle) -> Iterator[tuple[Division | None, int]]:
    """Yield how many sheets wait, by the division that answers where the role belongs to one."""
    sheets = Sheet.objects.filter(cycle=cycle, state__in=reminder.states).order_by()
    if reminder.role not in DIVISION_ROLES:
        if count := sheets.count():
            yield None, count
        return
    with_divisions = sheets.select_related("division", "contribution__responsible_division")
    counts = Counter(sheet.answering_division for sheet in with_divisions.defer("search_text"))
    yield from sorted(counts.items(), key=lambda item: item[0].pk)


def _tell(
    reminder: Reminder,
    cycle: Cycle,
    deadline: date,
    day: date,
    division: Division | None,
    count: int,
) -> None:
    of = f"{division}：" if division else ""
    tell(
        people_with(reminder.role, division, on=day),
        kind=MessageKind.DEADLINE,
        subject=f"{reminder.label}（{deadline:%-m月%-d日}）{_how_far(deadline, day)}",
        body=f"{of}{reminder.what}のシートが{count}件あります。",
        path=reverse("home"),
        key=":".join(
            str(part)
            for part in (
                "deadline",
                cycle.pk,
                reminder.deadline,
                deadline,
                reminder.role,
                division.pk if division else "",
                (day - deadline).days,
            )
        ),
    )


def _how_far(deadline: date, day: date) -> str:
    left = (deadline - day).days
    if left > 0:
        return f"まであと{left}日です"
    return f"を{-left}日過ぎました" if left < 0 else "は今日です"
