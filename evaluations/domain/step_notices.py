"""Who is told of which step of a sheet, and how soon: one table.

In the application everybody is told at once. By mail, what was returned to a person and what waits
for them today goes at once; the rest waits for the day's digest. Whoever takes a step is not told
of it, and of the rows that name a person the first one counts.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from accounts.queries import acting_as, people_with
from evaluations.enums import Action, State
from evaluations.models import Sheet, Transition
from evaluations.queries.home import DEADLINES
from notices.domain.messages import notify
from notices.enums import MessageKind


class Mailed(Enum):
    """When a mail goes out."""

    AT_ONCE = "すぐに"
    WHEN_DUE = "期限の当日からはすぐに、それまでは一日一回のまとめで"
    DAILY = "一日一回のまとめで"


@dataclass(frozen=True)
class Audience:
    """Those who are told: their name for people, and the query that finds them."""

    label: str
    of: Callable[[Sheet], Iterable[User]]


@dataclass(frozen=True)
class Notice:
    """A row of the table, narrowed to steps ``after`` one state or ``into`` another."""

    action: Action
    to: tuple[Audience, ...]
    mailed: Mailed
    kind: MessageKind
    request: str = ""
    after: State | None = None
    into: State | None = None


def _in_division(role: Role, sheet: Sheet) -> Iterable[User]:
    return people_with(role, sheet.answering_division, on=timezone.localdate())


def _in_ministry(role: Role) -> Iterable[User]:
    return people_with(role, on=timezone.localdate())


def _involved(sheet: Sheet) -> Iterable[User]:
    """Return who wrote, submitted, confirmed or approved it and may still know how it goes."""
    written_by = sheet.authorships.values("user")
    # An approval that is undone leaves no stamp, but its transition.
    approver = sheet.transitions.filter(action=Action.APPROVE).values_list("actor", flat=True)
    signed_by = (
        sheet.submitted_by_id,
        sheet.confirmed_by_id,
        sheet.approved_by_id or approver.first(),
    )
    involved = Q(pk__in=written_by) | Q(pk__in=[pk for pk in signed_by if pk])
    return User.objects.filter(involved, who_may_know(sheet), is_active=True).order_by("pk")


def who_may_know(sheet: Sheet, *, inside: bool = False) -> Q:
    """Return those who know today how it goes with ``sheet``; ``inside``: what reviewers say, too.

    The division that answers for it, and whoever sees all divisions; inside, the latter alone.
    """
    today, division = timezone.localdate(), sheet.answering_division
    all_seeing = acting_as(Role.REVIEWER, on=today) | acting_as(Role.COORDINATOR, on=today)
    if inside:
        return all_seeing
    own = acting_as(Role.OFFICER, division, on=today) | acting_as(Role.HEAD, division, on=today)
    return all_seeing | own


OFFICERS = Audience("担当課室の担当官", lambda sheet: _in_division(Role.OFFICER, sheet))
HEADS = Audience("担当課室の課室長", lambda sheet: _in_division(Role.HEAD, sheet))
REVIEWERS = Audience("審査担当", lambda sheet: _in_ministry(Role.REVIEWER))
COORDINATORS = Audience("取りまとめ", lambda sheet: _in_ministry(Role.COORDINATOR))
INVOLVED = Audience("執筆・提出・確認・確定した人", _involved)

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
    """Tell everybody concerned of the step that has just been taken.

    The comment stays in the application. Belongs inside the transaction of the step.
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
        people = {person.pk: person for audience in notice.to for person in audience.of(sheet)}
        notify(
            [person for pk, person in people.items() if pk not in told],
            kind=notice.kind,
            subject=f"{transition.get_action_display()}：{sheet}",
            body=_told(transition) + notice.request,
            note=transition.comment,
            division=sheet.answering_division,
            path=reverse("sheet_detail", args=[sheet.pk]),
            key=f"transition:{transition.pk}",
            at_once=notice.mailed is NOW or (notice.mailed is DUE and _is_due(sheet)),
        )
        told |= people.keys()


def _told(transition: Transition) -> str:
    role = f"（{transition.role}）" if transition.role else ""
    return f"{transition.actor}さん{role}が「{transition.get_action_display()}」をしました。"


def _is_due(sheet: Sheet) -> bool:
    """Return whether the deadline of the state in which ``sheet`` stands is today or past."""
    deadline = getattr(sheet.cycle, DEADLINES[State(sheet.state)])
    return deadline is not None and deadline <= timezone.localdate()
