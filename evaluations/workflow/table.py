"""The table of the workflow: who moves a sheet from which state to which, on what conditions.

``WORKFLOW`` is its only source: ``perform`` takes the steps, and the buttons of the pages, the
actions of the admin and the page that explains the workflow are made from the same rows.
"""

from dataclasses import dataclass

from accounts.roles import Acting
from evaluations.access.rules import (
    COORDINATOR,
    HEAD,
    HEAD_NOT_SUBMITTER,
    OFFICER,
    RETURNING_SIDE,
    REVIEWER,
    REVIEWER_NOT_INVOLVED,
    RoleRule,
)
from evaluations.enums import Action, State
from evaluations.models import Sheet
from evaluations.refusals import Problem
from evaluations.workflow.effects import Effect, publish_pdf
from evaluations.workflow.guards import (
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


@dataclass(frozen=True)
class Step:
    """A row of the table. ``stamp`` names the ``<stamp>_at``/``_by`` pair the step writes.

    ``to_state`` None: back to where the sheet came from. ``reads_content``: the step approves of
    what the sheet says, so it is refused where that has changed since it was shown.
    ``issues_pdf``: the official PDF is made of the step's revision.
    """

    action: Action
    from_states: tuple[State, ...]
    to_state: State | None
    who: RoleRule
    comment_required: bool = False
    guards: tuple[Guard, ...] = ()
    stamp: str = ""
    reads_content: bool = False
    makes_revision: bool = False
    issues_pdf: bool = False
    effects: tuple[Effect, ...] = ()

    def problems(self, examined: Examined) -> tuple[Problem, ...]:
        """Return the problems that the step's guards find."""
        return tuple(problem for guard in self.guards for problem in guard.problems(examined))

    def leads_to(self, sheet: Sheet) -> State:
        """Return the state in which the step leaves ``sheet``."""
        return self.to_state or State(sheet.transitions.latest("at", "pk").from_state)


S = State

# fmt: off
WORKFLOW: tuple[Step, ...] = (
    Step(Action.SUBMIT,   (S.DRAFT, S.RETURNED),     S.DIVISION_CHECK, OFFICER,
         guards=(FINDINGS_SETTLED,), stamp="submitted", reads_content=True, makes_revision=True),
    Step(Action.WITHDRAW, (S.DIVISION_CHECK,),       S.DRAFT,          OFFICER),
    Step(Action.CONFIRM,  (S.DIVISION_CHECK,),       S.REVIEW,         HEAD_NOT_SUBMITTER,
         guards=(NO_BLOCKING_FINDING,), stamp="confirmed", reads_content=True,
         makes_revision=True),
    Step(Action.RETURN,   (S.DIVISION_CHECK,),       S.RETURNED,       HEAD,
         comment_required=True, makes_revision=True),
    Step(Action.RETURN,   (S.REVIEW,),               S.RETURNED,       REVIEWER,
         comment_required=True, makes_revision=True),
    Step(Action.APPROVE,  (S.REVIEW,),               S.APPROVED,       REVIEWER_NOT_INVOLVED,
         guards=(GRADED_WITH_REASON, CRITERIA_GRADED, IMPROVEMENT_NAMED, AS_CONFIRMED,
                 NO_BLOCKING_FINDING, NO_OPEN_BLOCKING_COMMENT),
         stamp="approved", reads_content=True, makes_revision=True, issues_pdf=True),
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


def steps_open_to(acting: Acting, sheet: Sheet) -> list[Step]:
    """Return the steps that the person may take with ``sheet`` now: the buttons of its page."""
    return [
        step
        for step in WORKFLOW
        if sheet.state in step.from_states and step.who.decide(acting, sheet)
    ]
