"""One step with many sheets: what would come of each, and what came of each."""

from dataclasses import dataclass

from accounts.models import User
from evaluations.enums import Action
from evaluations.models import Sheet
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


def preview_step(sheet: Sheet, action: Action, actor: User) -> Line:
    """Say whether ``actor`` can take the step with ``sheet`` now, without taking it."""
    step = step_for(action, sheet.state)
    if step is None:
        state = sheet.get_state_display()
        return Line(sheet, sheet.version, False, f"「{state}」のため対象になりません。")
    if not (decision := step.who.decide(actor, actor.roles, sheet)):
        return Line(sheet, sheet.version, False, decision.reason)
    problems = tuple(problem for guard in step.guards for problem in guard.problems(sheet))
    if problems:
        return Line(sheet, sheet.version, False, "先に直すところがあります。", problems)
    return Line(sheet, sheet.version, True, "実行できます。")


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
