"""Why can't I? What a person can do with a sheet, what not, for which reason, and whom to ask."""

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
class Line:
    """One thing that is done with a sheet: whether the person can do it, and if not, why."""

    label: str
    states: tuple[State, ...]
    allowed: bool
    reason: str
    who: str
    names: str
    url: str = ""


@require_safe
def sheet_why(request: PersonRequest, pk: int) -> HttpResponse:
    """Show every action of the workflow with yes or the reason, and the persons to ask."""
    sheet = visible_sheet(request, pk)
    # Every rule against authors asks for them, and those on an undoing for the last step.
    prefetch_related_objects([sheet], "authorships", "transitions")
    lines = list(_lines(request, sheet, holders_for(sheet)))
    return render(request, "evaluations/steps/rights.html", {"sheet": sheet, "lines": lines})


def _lines(request: PersonRequest, sheet: Sheet, holders: Sequence[Holder]) -> Iterator[Line]:
    acting = request.user.acting
    names = partial(names_for, sheet=sheet, holders=holders)
    first = sheet.edition.definition.sections[0].key
    yield _line(
        "記入",
        EDITABLE_STATES,
        can_edit(acting, sheet),
        OFFICER.label,
        names(OFFICER),
        reverse("sheet_section", args=[sheet.pk, first]),
    )
    yield _line(
        "総合評価",
        (State.REVIEW,),
        can_grade(acting, sheet),
        REVIEWER_NOT_INVOLVED.label,
        names(REVIEWER_NOT_INVOLVED),
        reverse("sheet_grade", args=[sheet.pk]),
    )
    for step in WORKFLOW:
        yield _line(
            step.action.label,
            step.from_states,
            _decide(step, request, sheet),
            step.who.label,
            names(step.who),
            reverse("sheet_act", args=[sheet.pk, step.action]),
        )


def _line(
    label: str, states: tuple[State, ...], decision: Decision, who: str, names: str, url: str
) -> Line:
    return Line(
        label, states, decision.allowed, decision.reason, who, names, url if decision else ""
    )


def _decide(step: Step, request: PersonRequest, sheet: Sheet) -> Decision:
    """Return whether the person may take ``step``: now, and if not now, whether it is theirs."""
    mine = step.who.decide(request.user.acting, sheet)
    if sheet.state in step.from_states:
        return mine
    states = "」又は「".join(state.label for state in step.from_states)
    now = f"今は「{sheet.get_state_display()}」のためできません。「{states}」のときに行います。"
    return Decision(False, now if mine else f"{now}{mine.reason}")
