"""The product on one screen: who moves a sheet from where to where, and under which conditions.

``WORKFLOW`` is the whole truth; the buttons of the pages, the actions of the admin and the page
that explains the workflow are made from it. ``perform`` is the only writer of ``Sheet.state``.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.roles import Roles, roles_of
from evaluations.domain.issue import Effect, issue_pdf, publish_pdf
from evaluations.domain.locking import lock_sheet
from evaluations.domain.notices import announce
from evaluations.domain.revisions import freeze
from evaluations.enums import Action, State
from evaluations.guards import (
    AS_CONFIRMED,
    AS_RETURNED,
    CRITERIA_GRADED,
    FINDINGS_SETTLED,
    GRADED_WITH_REASON,
    IMPROVEMENT_NAMED,
    NO_BLOCKING_FINDING,
    NO_OPEN_BLOCKING_COMMENT,
    Examined,
    Guard,
)
from evaluations.models import Sheet, Transition
from evaluations.permissions import (
    COORDINATOR,
    HEAD,
    HEAD_NOT_SUBMITTER,
    OFFICER,
    RETURNING_SIDE,
    REVIEWER,
    REVIEWER_NOT_INVOLVED,
    Who,
)
from evaluations.queries.sheets import sheets_visible_to
from evaluations.refusals import Blocked, Invalid, NotAllowed, Problem, Refusal, Stale
from evaluations.text import normalize


@dataclass(frozen=True)
class Step:
    """A row of the table. ``stamp`` names the ``<stamp>_at``/``_by`` pair the step writes.

    ``to_state`` None: back to where the sheet came from.
    """

    action: Action
    from_states: tuple[State, ...]
    to_state: State | None
    who: Who
    comment_required: bool = False
    guards: tuple[Guard, ...] = ()
    stamp: str = ""
    makes_revision: bool = False
    effects: tuple[Effect, ...] = ()

    def problems(self, examined: Examined) -> tuple[Problem, ...]:
        """Return what stands against the step, guard by guard."""
        return tuple(problem for guard in self.guards for problem in guard.problems(examined))

    def leads_to(self, sheet: Sheet) -> State:
        """Return the state in which the step leaves ``sheet``."""
        return self.to_state or State(sheet.transitions.latest("at", "pk").from_state)


S = State

# fmt: off
WORKFLOW: tuple[Step, ...] = (
    Step(Action.SUBMIT,   (S.DRAFT, S.RETURNED),     S.DIVISION_CHECK, OFFICER,
         guards=(FINDINGS_SETTLED,), stamp="submitted", makes_revision=True),
    Step(Action.WITHDRAW, (S.DIVISION_CHECK,),       S.DRAFT,          OFFICER),
    Step(Action.CONFIRM,  (S.DIVISION_CHECK,),       S.REVIEW,         HEAD_NOT_SUBMITTER,
         guards=(NO_BLOCKING_FINDING,), stamp="confirmed", makes_revision=True),
    Step(Action.RETURN,   (S.DIVISION_CHECK,),       S.RETURNED,       HEAD,
         comment_required=True, makes_revision=True),
    Step(Action.RETURN,   (S.REVIEW,),               S.RETURNED,       REVIEWER,
         comment_required=True, makes_revision=True),
    Step(Action.APPROVE,  (S.REVIEW,),               S.APPROVED,       REVIEWER_NOT_INVOLVED,
         guards=(GRADED_WITH_REASON, CRITERIA_GRADED, IMPROVEMENT_NAMED, AS_CONFIRMED,
                 NO_BLOCKING_FINDING, NO_OPEN_BLOCKING_COMMENT),
         stamp="approved", makes_revision=True, effects=(issue_pdf,)),
    Step(Action.UNDO_RETURN, (S.RETURNED,),          None,             RETURNING_SIDE,
         comment_required=True, guards=(AS_RETURNED,)),
    Step(Action.UNDO_APPROVE, (S.APPROVED,),         S.REVIEW,         REVIEWER_NOT_INVOLVED,
         comment_required=True),
    Step(Action.PUBLISH,  (S.APPROVED,),             S.PUBLISHED,      COORDINATOR,
         stamp="published", effects=(publish_pdf,)),
    Step(Action.REOPEN,   (S.APPROVED, S.PUBLISHED), S.RETURNED,       COORDINATOR,
         comment_required=True),
    Step(Action.EXCLUDE,  (S.DRAFT, S.RETURNED),     S.EXCLUDED,       COORDINATOR,
         comment_required=True),
    Step(Action.INCLUDE,  (S.EXCLUDED,),             S.DRAFT,          COORDINATOR,
         comment_required=True),
)
# fmt: on

# The steps that still lie before a sheet, by its state; a draft keeps what it once had.
STAMPS_BEFORE = {
    S.DIVISION_CHECK: ("confirmed", "approved", "published"),
    S.REVIEW: ("approved", "published"),
    S.APPROVED: ("published",),
}


def step_for(action: str, state: str) -> Step | None:
    """Return the row for ``action`` in ``state``, or None where the table has none."""
    return next((s for s in WORKFLOW if s.action == action and state in s.from_states), None)


def steps_open_to(user: User, roles: Roles, sheet: Sheet) -> list[Step]:
    """Return the steps that ``user`` may take with ``sheet`` now: the buttons of its page."""
    return [
        step
        for step in WORKFLOW
        if sheet.state in step.from_states and step.who.decide(user, roles, sheet)
    ]


def perform(
    sheet: Sheet, action: str, *, actor: User, comment: str = "", version: int
) -> Transition:
    """Take one step, whole or not at all, and return its transition.

    ``version`` is that of the sheet as ``actor`` saw it. In one transaction the sheet is locked,
    version, table, permission, comment and guards are checked in this order, and state, stamps,
    revision, effects, transition, messages and audit entry are written. ``sheet`` is brought up to
    date. Raises a ``Refusal`` otherwise: Stale, NotAllowed, Invalid (no comment) or Blocked.
    The very same request once more is answered with the same transition, and does nothing; for
    whoever has no sight of the sheet any more, it is refused.
    """
    comment = normalize(comment)
    with transaction.atomic():
        locked = lock_sheet(sheet)
        if done := _taken_already(locked, action, actor, comment, version):
            return done
        step = _step_or_refusal(locked, action, actor, comment, version)
        from_state, from_version = locked.state, locked.version
        revision = None
        _write(locked, step, actor)
        if step.makes_revision:
            revision = freeze(locked, occasion=action, actor=actor)
        for effect in step.effects:
            effect(locked, revision, actor)
        transition = Transition.objects.create(
            sheet=locked,
            action=action,
            from_state=from_state,
            to_state=locked.state,
            actor=actor,
            role=roles_of(actor).in_words,
            comment=comment,
            revision=revision,
        )
        announce(transition)
        audit.record(
            f"sheet.{action}",
            locked,
            actor=actor,
            before={"state": from_state, "version": from_version},
            after={"state": locked.state, "version": locked.version, "comment": comment},
        )
    sheet.refresh_from_db()
    return transition


def _taken_already(
    sheet: Sheet, action: str, actor: User, comment: str, version: int
) -> Transition | None:
    """Return what this very request did when it came before: a second click, a lost answer."""
    if sheet.version != version + 1:
        return None
    last = sheet.transitions.first()
    if last is None or (last.action, last.actor_id, last.comment) != (action, actor.pk, comment):
        return None
    if not sheets_visible_to(roles_of(actor)).filter(pk=sheet.pk).exists():
        raise NotAllowed("今の役割では、このシートを見られません。")
    return last


def _step_or_refusal(sheet: Sheet, action: str, actor: User, comment: str, version: int) -> Step:
    if sheet.version != version:
        raise Stale(_what_happened(sheet))
    step = step_for(action, sheet.state)
    if step is None:
        raise Refusal(
            f"「{sheet.get_state_display()}」のシートに「{Action(action).label}」はできません。",
            sheet=sheet,
        )
    if not (decision := step.who.decide(actor, roles_of(actor), sheet)):
        raise NotAllowed(decision.reason, decision.ask)
    if step.comment_required and not comment:
        raise Invalid(f"「{step.action.label}」には理由が必要です。理由を記入してください。")
    if problems := step.problems(Examined(sheet)):
        raise Blocked(
            f"「{step.action.label}」の前に直すところが{len(problems)}件あります。", problems
        )
    return step


def _write(sheet: Sheet, step: Step, actor: User) -> None:
    """Write state and stamps; a sheet has no stamp of a step that lies before it."""
    now = timezone.now()
    sheet.state = step.leads_to(sheet)
    sheet.state_since = now
    sheet.version += 1
    for later in STAMPS_BEFORE.get(State(sheet.state), ()):
        _stamp(sheet, later, None, None)
    if step.stamp:
        _stamp(sheet, step.stamp, now, actor)
    sheet.save()


def _stamp(sheet: Sheet, name: str, at: datetime | None, by: User | None) -> None:
    setattr(sheet, f"{name}_at", at)
    if name != "published":
        setattr(sheet, f"{name}_by", by)


def _what_happened(sheet: Sheet) -> str:
    last = sheet.transitions.select_related("actor").first()
    if last is None:
        return (
            "画面を開いた後にシートが更新されました。"
            "最新の内容を確かめて、もう一度操作してください。"
        )
    at = timezone.localtime(last.at)
    return (
        f"画面を開いた後に、{last.actor}さんが{at:%H:%M}に「{last.get_action_display()}」をしました。"
        "最新の内容を確かめて、もう一度操作してください。"
    )
