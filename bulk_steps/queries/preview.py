"""What a bulk step would come to, sheet by sheet, without taking it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accounts.roles import Acting
from evaluations.enums import Action
from evaluations.models import Sheet
from evaluations.queries.prefetch import fetch_ahead
from evaluations.refusals import Difference, Problem
from evaluations.workflow import Step, step_for
from evaluations.workflow.guards import Examined, examine
from evaluations.workflow.shown import differences, shown_in


@dataclass(frozen=True)
class Line:
    """One sheet on the confirmation page.

    ``changed``: where it says something else than the person was shown before. ``shown``: a token
    of what it says now, which the page carries.
    """

    sheet: Sheet
    ok: bool
    message: str
    problems: tuple[Problem, ...] = ()
    changed: tuple[Difference, ...] = ()
    shown: str = ""


def preview_steps(
    sheets: Sequence[Sheet], action: Action, acting: Acting, shown_before: Mapping[int, str]
) -> list[Line]:
    """Return for each of ``sheets`` whether the person can take the step now.

    ``shown_before``: by sheet, the token of a page that the person saw earlier. As many queries
    for many sheets as for one, but for what ``guards.examine`` says.
    """
    fetch_ahead(sheets)
    against = {sheet.pk: _reason_against(sheet, action, acting) for sheet in sheets}
    guarded = [sheet for sheet in sheets if not against[sheet.pk] and _guarded(sheet, action)]
    examined = {each.sheet.pk: each for each in examine(guarded)}
    lines = []
    for sheet in sheets:
        step = step_for(action, sheet.state)
        if step and sheet.pk in examined:
            lines.append(_examined_line(step, examined[sheet.pk], shown_before.get(sheet.pk, "")))
        else:
            reason = against[sheet.pk]
            lines.append(Line(sheet, not reason, reason or "実行できます。"))
    return lines


def _examined_line(step: Step, examined: Examined, before: str) -> Line:
    sheet, problems = examined.sheet, step.problems(examined)
    message = "先に直すところがあります。" if problems else "実行できます。"
    if not step.reads_content:
        return Line(sheet, not problems, message, problems)
    now = examined.shown
    changed = differences(shown_in(before), now, sheet.edition.definition) if before else ()
    return Line(sheet, not problems, message, problems, changed, now.token())


def _guarded(sheet: Sheet, action: Action) -> bool:
    step = step_for(action, sheet.state)
    return bool(step and step.guards)


def _reason_against(sheet: Sheet, action: Action, acting: Acting) -> str:
    """Return why the person cannot take the step whatever the sheet says, or ""."""
    step = step_for(action, sheet.state)
    if step is None:
        return f"「{sheet.get_state_display()}」のため対象になりません。"
    return step.who.decide(acting, sheet).reason
