"""Reminders of the deadlines of a year: one table.

A reminder is due from its day until the day of the next one, so that the next run makes up for a
day on which ``daily`` did not run. If several are due, only the latest is sent.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse

from accounts.enums import DIVISION_ROLES, Role
from accounts.models import Division
from accounts.queries import people_with
from evaluations.enums import State
from evaluations.models import Cycle, SentReminder, Sheet
from notices.domain.messages import notify
from notices.enums import MessageKind

DAYS = (-14, -3, 0, 3)
LAST_DAY = 13  # no reminder is sent later than this


@dataclass(frozen=True)
class Reminder:
    """A row of the table: a deadline, a role, and the states of sheets to remind that role of."""

    deadline: str  # a field of Cycle
    label: str
    role: Role
    states: tuple[State, ...]
    what: str


UNSUBMITTED = (State.DRAFT, State.RETURNED)

# fmt: off
REMINDERS: tuple[Reminder, ...] = (
    Reminder("submission_deadline", "提出期限", Role.OFFICER,  UNSUBMITTED,              "未提出"),
    Reminder("submission_deadline", "提出期限", Role.HEAD,     (State.DIVISION_CHECK,), "未確認"),
    Reminder("review_deadline",     "審査期限", Role.OFFICER,  UNSUBMITTED,              "未提出"),
    Reminder("review_deadline",     "審査期限", Role.HEAD,     (State.DIVISION_CHECK,), "未確認"),
    Reminder("review_deadline",     "審査期限", Role.REVIEWER, (State.REVIEW,),         "未審査"),
)
# fmt: on


def remind(day: date) -> None:
    """Send the reminders that are due on ``day`` and have not been sent. Idempotent."""
    with transaction.atomic():
        for cycle in Cycle.objects.all():
            for name in sorted({reminder.deadline for reminder in REMINDERS}):
                deadline = getattr(cycle, name)
                days = days_due(deadline, day) if deadline else None
                if days is not None and _is_first(cycle, name, deadline, days):
                    _remind_of(cycle, name, deadline, day, days)


def days_due(deadline: date, day: date) -> int | None:
    """Return which of ``DAYS`` has a reminder of ``deadline`` due on ``day``; None if none has."""
    since = (day - deadline).days
    if since > LAST_DAY:
        return None
    return max((days for days in DAYS if days <= since), default=None)


def _is_first(cycle: Cycle, name: str, deadline: date, days: int) -> bool:
    """Record that this reminder is sent; return whether it is the first time."""
    _, is_new = SentReminder.objects.get_or_create(
        cycle=cycle, deadline=name, day=deadline, days=days
    )
    return is_new


def _remind_of(cycle: Cycle, name: str, deadline: date, day: date, days: int) -> None:
    for reminder in REMINDERS:
        if reminder.deadline == name:
            for division, count in _waiting(reminder, cycle):
                _tell(reminder, cycle, deadline, day, days, division, count)


def _waiting(reminder: Reminder, cycle: Cycle) -> Iterator[tuple[Division | None, int]]:
    """Yield how many sheets are waiting, for each answering division if the role has divisions."""
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
    days: int,
    division: Division | None,
    count: int,
) -> None:
    of = f"{division}：" if division else ""
    notify(
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
                days,
            )
        ),
    )


def _how_far(deadline: date, day: date) -> str:
    left = (deadline - day).days
    if left > 0:
        return f"まであと{left}日です"
    return f"を{-left}日過ぎました" if left < 0 else "は今日です"
