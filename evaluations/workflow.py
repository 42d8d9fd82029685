"""The product on one screen: who moves a sheet from where to where, and under which conditions.

``WORKFLOW`` is the whole truth; the buttons of the pages, the actions of the admin and the page
that explains the workflow are made from it. ``perform`` is the only writer of ``Sheet.state``.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.roles import Roles, roles_of
from evaluations.domain.issue import Effect, issue_pdf, publish_pdf
from evaluations.domain.revisions import freeze
from evaluations.enums import Action, State
from evaluations.guards import (
    AS_CONFIRMED,
    CRITERIA_GRADED,
    GRADED_WITH_REASON,
    IMPROVEMENT_NAMED,
    NO_BLOCKING_FINDING,
    Guard,
)
from evaluations.models import Sheet, Transition
from evaluations.permissions import (
    COORDINATOR,
    HEAD,
    HEAD_NOT_SUBMITTER,
    OFFICER,
    REVIEWER,
    REVIEWER_NOT_INVOLVED,
    Who,
)
from evaluations.refusals import Blocked, Invalid, NotAllowed, Refusal, Stale


@dataclass(frozen=True)
class Step:
    """A row of the table. ``stamp`` names the ``<stamp>_at``/``_by`` pair the step writes."""

    action: Action
    from_states: tuple[State, ...]
    to_state: State
    who: Who
    comment_required: bool = False
    guards: tuple[Guard, ...] = ()
    stamp: str = ""
    makes_revision: bool = False
    effects: tuple[Effect, ...] = ()


S = State

# fmt: off
WORKFLOW: tuple[Step, ...] = (
    Step(Action.SUBMIT,   (S.DRAFT, S.RETURNED),     S.DIVISION_CHECK, OFFICER,
         guards=(NO_BLOCKING_FINDING,), stamp="submitted", makes_revision=True),
    Step(Action.WITHDRAW, (S.DIVISION_CHECK,),       S.DRAFT,          OFFICER),
    Step(Action.CONFIRM,  (S.DIVISION_CHECK,),       S.REVIEW,         HEAD_NOT_SUBMITTER,
         guards=(NO_BLOCKING_FINDING,), stamp="confirmed", makes_revision=True),
    Step(Action.RETURN,   (S.DIVISION_CHECK,),       S.RETURNED,       HEAD,
         comment_required=True, makes_revision=True),
    Step(Action.RETURN,   (S.REVIEW,),               S.RETURNED,       REVIEWER,
         comment_required=True, makes_revision=True),
    Step(Action.APPROVE,  (S.REVIEW,),               S.APPROVED,       REVIEWER_NOT_INVOLVED,
         guards=(GRADED_WITH_REASON, CRITERIA_GRADED, IMPROVEMENT_NAMED, AS_CONFIRMED,
                 NO_BLOCKING_FINDING),
         stamp="approved", makes_revision=True, effects=(issue_pdf,)),
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

STAMPS = ("submitted", "confirmed", "approved", "published")


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
    revision, transition, effects and audit entry are written. ``sheet`` is brought up to date.
    Raises a ``Refusal`` otherwise: Stale, NotAllowed, Invalid (no comment) or Blocked.
    """
    with transaction.atomic():
        locked = Sheet.objects.select_for_update().get(pk=sheet.pk)
        step = _step_or_refusal(locked, action, actor, comment.strip(), version)
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
            to_state=step.to_state,
            actor=actor,
            role=roles_of(actor).in_words,
            comment=comment.strip(),
            revision=revision,
        )
        audit.record(
            f"sheet.{action}",
            locked,
            actor=actor,
            before={"state": from_state, "version": from_version},
            after={"state": locked.state, "version": locked.version, "comment": comment.strip()},
        )
    sheet.refresh_from_db()
    return transition


def _step_or_refusal(sheet: Sheet, action: str, actor: User, comment: str, version: int) -> Step:
    if sheet.version != version:
        raise Stale(_what_happened(sheet))
    step = step_for(action, sheet.state)
    if step is None:
        raise Refusal(
            f"「{sheet.get_state_display()}」のシートに「{Action(action).label}」はできません。"
        )
    if not (decision := step.who.decide(actor, roles_of(actor), sheet)):
        raise NotAllowed(decision.reason)
    if step.comment_required and not comment:
        raise Invalid(f"「{step.action.label}」には理由が必要です。理由を記入してください。")
    if problems := [problem for guard in step.guards for problem in guard.problems(sheet)]:
        raise Blocked(
            f"「{step.action.label}」の前に直すところが{len(problems)}件あります。", problems
        )
    return step


def _write(sheet: Sheet, step: Step, actor: User) -> None:
    """Write state and stamps; a stamp clears those that come after it."""
    now = timezone.now()
    sheet.state = step.to_state
    sheet.state_since = now
    sheet.version += 1
    if step.stamp:
        for later in STAMPS[STAMPS.index(step.stamp) :]:
            setattr(sheet, f"{later}_at", None)
            if later != "published":
                setattr(sheet, f"{later}_by", None)
        setattr(sheet, f"{step.stamp}_at", now)
        if step.stamp != "published":
            setattr(sheet, f"{step.stamp}_by", actor)
    sheet.save()


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
