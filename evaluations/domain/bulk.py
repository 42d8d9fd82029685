"""One step with many sheets: what would come of each, and what came of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from evaluations.enums import Action
from evaluations.guards import examine
from evaluations.models import Sheet
from evaluations.queries.ahead import fetch_ahead
from evaluations.refusals import Problem, Refusal
from evaluations.workflow import perform, step_for


@dataclass(frozen=True)
class Line:
    """One sheet on the confirmation page or among the results."""

    sheet: Sheet
    version: int
    ok: bool
    message: str
    problems: tuple[Problem, ...] = ()


def preview_steps(sheets: Sequence[Sheet], action: Action, actor: User) -> list[Line]:
    """Say of each of ``sheets`` whether ``actor`` can take the step now, without taking it.

    As many queries for many sheets as for one, but for what ``guards.examine`` says.
    """
    fetch_ahead(sheets)
    against = {sheet.pk: _reason_against(sheet, action, actor) for sheet in sheets}
    guarded = [sheet for sheet in sheets if not against[sheet.pk] and _guarded(sheet, action)]
    problems = {
        each.sheet.pk: step.problems(each)
        for each in examine(guarded)
        if (step := step_for(action, each.sheet.state))
    }
    return [_line(sheet, against[sheet.pk], problems.get(sheet.pk, ())) for sheet in sheets]


def _line(sheet: Sheet, against: str, problems: tuple[Problem, ...]) -> Line:
    message = "先に直すところがあります。" if problems else "実行できます。"
    ok = not against and not problems
    return Line(sheet, sheet.version, ok, against or message, problems)


def _guarded(sheet: Sheet, action: Action) -> bool:
    step = step_for(action, sheet.state)
    return bool(step and step.guards)


def _reason_against(sheet: Sheet, action: Action, actor: User) -> str:
    """Return why ``actor`` cannot take the step whatever the sheet says, or ""."""
    step = step_for(action, sheet.state)
    if step is None:
        return f"「{sheet.get_state_display()}」のため対象になりません。"
    return step.who.decide(actor, actor.roles, sheet).reason


def take_step(sheet: Sheet, action: Action, actor: User, *, comment: str, seen: str) -> Line:
    """Take the step with ``sheet`` as it was ``seen``, its version in the words of a form.

    Each sheet stands alone: one that is refused keeps the others from nothing.
    """
    # The version before is that of a request which may have been taken already.
    versions = {str(version): version for version in (sheet.version, sheet.version - 1)}
    version = versions.get(seen, 0)
    try:
        perform(sheet, action, actor=actor, comment=comment, version=version)
    except Refusal as refusal:
        problems = getattr(refusal, "problems", ())
        return Line(sheet, version, False, refusal.message, problems)
    return Line(sheet, version, True, f"「{action.label}」を実行しました。")
