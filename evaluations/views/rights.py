"""What a person can do with a sheet, and for the rest the reason and the people to ask."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.queries import Holder
from accounts.requests import PersonRequest
from evaluations.access.rules import (
    EDITABLE_STATES,
    OFFICER,
    REVIEWER_NOT_INVOLVED,
    Decision,
    can_edit,
    can_grade,
)
from evaluations.access.whom_to_ask import holders_for, names_for
from evaluations.enums import State
from evaluations.models import Sheet
from evaluations.views.common import visible_sheet
from evaluations.workflow import WORKFLOW, Step


@dataclass(frozen=True)
class Right:
    """One action on a sheet: whether the person may take it, and if not, why."""

    label: str
    states: tuple[State, ...]
    allowed: bool
    reason: str
    who: str
    names: str
    url: str = ""


@require_safe
def sheet_why(request: PersonRequest, pk: int) -> HttpResponse:
    """Show each action on the sheet: whether the person may take it, why not, whom to ask."""
    sheet = visible_sheet(request, pk)
    # The rules read the authors, and those for undoing a step the last transition.
    prefetch_related_objects([sheet], "authorships", "transitions")
    rights = list(_rights(request, sheet, holders_for(sheet)))
    return render(request, "evaluations/steps/rights.html", {"sheet": sheet, "rights": rights})


def _rights(request: PersonRequest, sheet: Sheet, holders: Sequence[Holder]) -> Iterator[Right]:
    acting = request.user.acting
    names = partial(names_for, sheet=sheet, holders=holders)
    first = sheet.edition.definition.sections[0].key
    yield _right(
        "記入",
        EDITABLE_STATES,
        can_edit(acting, sheet),
        OFFICER.label,
        names(OFFICER),
        reverse("sheet_section", args=[sheet.pk, first]),
    )
    yield _right(
        "総合評価",
        (State.REVIEW,),
        can_grade(acting, sheet),
        REVIEWER_NOT_INVOLVED.label,
        names(REVIEWER_NOT_INVOLVED),
        reverse("sheet_grade", args=[sheet.pk]),
    )
    for step in WORKFLOW:
        yield _right(
            step.action.label,
            step.from_states,
            _decide(step, request, sheet),
            step.who.label,
            names(step.who),
            reverse("sheet_act", args=[sheet.pk, step.action]),
        )


def _right(
    label: str, states: tuple[State, ...], decision: Decision, who: str, names: str, url: str
) -> Right:
    return Right(
        label, states, decision.allowed, decision.reason, who, names, url if decision else ""
    )


def _decide(step: Step, request: PersonRequest, sheet: Sheet) -> Decision:
    """Return whether the person may take ``step``; the reason also says if it is not their step."""
    mine = step.who.decide(request.user.acting, sheet)
    if sheet.state in step.from_states:
        return mine
    states = "」又は「".join(state.label for state in step.from_states)
    now = f"今は「{sheet.get_state_display()}」のためできません。「{states}」のときに行います。"
    return Decision(False, now if mine else f"{now}{mine.reason}")
