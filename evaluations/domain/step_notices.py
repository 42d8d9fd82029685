"""Notices about the steps of a sheet: one table says who is told, and when by mail.

On the site everybody is told at once. By mail, what was returned to a person and what waits for
them today goes at once; the rest goes with the daily digest. The person who takes a step is not
told of it, and for a person in several rows of a step, the first row counts.
"""

from dataclasses import dataclass
from enum import Enum

from django.urls import reverse
from django.utils import timezone

from evaluations.domain.recipients import (
    COORDINATORS,
    HEADS,
    INVOLVED,
    OFFICERS,
    REVIEWERS,
    Recipients,
    users_in,
)
from evaluations.enums import Action, State
from evaluations.models import Sheet, Transition
from evaluations.queries.home import DEADLINES
from notices.domain.messages import notify
from notices.enums import MessageKind


class Mailed(Enum):
    """When a notice is mailed."""

    AT_ONCE = "すぐに"
    WHEN_DUE = "期限の当日からはすぐに、それまでは一日一回のまとめで"
    DAILY = "一日一回のまとめで"


@dataclass(frozen=True)
class Notice:
    """A row of the table; ``after`` and ``into`` limit it to steps from or to one state."""

    action: Action
    to: tuple[Recipients, ...]
    mailed: Mailed
    kind: MessageKind
    request: str = ""
    after: State | None = None
    into: State | None = None


WRITERS = (OFFICERS, INVOLVED)
DIVISION = (OFFICERS, HEADS, INVOLVED)

A, NOW, DUE, DAILY = Action, Mailed.AT_ONCE, Mailed.WHEN_DUE, Mailed.DAILY
TASK, NEWS = MessageKind.TASK, MessageKind.NEWS
MEND = "理由を読み、直して再提出してください。"

# fmt: off
NOTICES: tuple[Notice, ...] = (
    Notice(A.SUBMIT,   (HEADS,),        NOW,   TASK, "読んで確認又は差戻しをしてください。"),
    Notice(A.SUBMIT,   WRITERS,         DAILY, NEWS),
    Notice(A.WITHDRAW, DIVISION,        DAILY, NEWS, "確認は不要になりました。"),
    Notice(A.CONFIRM,  (REVIEWERS,),    DUE,   TASK, "審査をお願いします。"),
    Notice(A.CONFIRM,  DIVISION,        DAILY, NEWS, "審査に進みました。"),
    Notice(A.RETURN,   WRITERS,         NOW,   TASK, MEND, after=State.DIVISION_CHECK),
    Notice(A.RETURN,   (HEADS,),        DAILY, NEWS, after=State.DIVISION_CHECK),
    Notice(A.RETURN,   DIVISION,        NOW,   TASK, MEND, after=State.REVIEW),
    Notice(A.APPROVE,  (COORDINATORS,), DUE,   TASK, "公表をお願いします。"),
    Notice(A.APPROVE,  DIVISION,        DAILY, NEWS),
    Notice(A.UNDO_RETURN, (REVIEWERS,), DUE,   TASK, "審査をお願いします。", into=State.REVIEW),
    Notice(A.UNDO_RETURN, DIVISION,     NOW,   NEWS, "書き直しは不要になりました。"),
    Notice(A.UNDO_APPROVE, (COORDINATORS, *DIVISION), DAILY, NEWS, "改めて審査します。"),
    Notice(A.PUBLISH,  DIVISION,        DAILY, NEWS),
    Notice(A.REOPEN,   (OFFICERS,),     NOW,   TASK, MEND),
    Notice(A.REOPEN,   DIVISION,        DAILY, NEWS),
    Notice(A.EXCLUDE,  DIVISION,        DAILY, NEWS, "シートの作成は不要になりました。"),
    Notice(A.INCLUDE,  (OFFICERS,),     DAILY, TASK, "記入して提出してください。"),
    Notice(A.INCLUDE,  DIVISION,        DAILY, NEWS),
)
# fmt: on


def announce(transition: Transition) -> None:
    """Write the notices of a step. Call it inside the step's transaction.

    The mails do not contain the comment.
    """
    sheet = transition.sheet
    told = {transition.actor_id}
    for notice in NOTICES:
        if notice.action != transition.action:
            continue
        if notice.after not in (None, transition.from_state):
            continue
        if notice.into not in (None, transition.to_state):
            continue
        people = users_in(notice.to, sheet)
        notify(
            [person for person in people if person.pk not in told],
            kind=notice.kind,
            subject=f"{transition.get_action_display()}：{sheet}",
            body=_told(transition) + notice.request,
            note=transition.comment,
            division=sheet.answering_division,
            path=reverse("sheet_detail", args=[sheet.pk]),
            key=f"transition:{transition.pk}",
            at_once=notice.mailed is NOW or (notice.mailed is DUE and _is_due(sheet)),
        )
        told |= {person.pk for person in people}


def _told(transition: Transition) -> str:
    role = f"（{transition.role}）" if transition.role else ""
    return f"{transition.actor}さん{role}が「{transition.get_action_display()}」をしました。"


def _is_due(sheet: Sheet) -> bool:
    """Whether the deadline of the state of ``sheet`` is today or past."""
    deadline = getattr(sheet.cycle, DEADLINES[State(sheet.state)])
    return deadline is not None and deadline <= timezone.localdate()
