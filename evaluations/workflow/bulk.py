"""One step taken with many sheets: the preview and the result of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from accounts.roles import Acting
from core.refusals import Refusal
from evaluations.enums import Action
from evaluations.models import Sheet
from evaluations.queries.prefetch import fetch_ahead
from evaluations.refusals import Changed, Difference, Problem
from evaluations.workflow import perform, step_for
from evaluations.workflow.guards import Examined, examine
from evaluations.workflow.shown import shown_in


@dataclass(frozen=True)
class Line:
    """One sheet on the confirmation page or among the results.

    ``shown``: what it says, as the page carries it. ``changed``: what it says otherwise than was
    shown before; it may be sent again.
    """

    sheet: Sheet
    version: int
    ok: bool
    message: str
    problems: tuple[Problem, ...] = ()
    changed: tuple[Difference, ...] = ()
    shown: str = ""


def preview_steps(sheets: Sequence[Sheet], action: Action, acting: Acting) -> list[Line]:
    """Return for each of ``sheets`` whether the person can take the step now, without taking it.

    As many queries for many sheets as for one, but for what ``guards.examine`` says.
    """
    fetch_ahead(sheets)
    against = {sheet.pk: _reason_against(sheet, action, acting) for sheet in sheets}
    guarded = [sheet for sheet in sheets if not against[sheet.pk] and _guarded(sheet, action)]
    examined = {each.sheet.pk: each for each in examine(guarded)}
    return [_line(sheet, action, against[sheet.pk], examined.get(sheet.pk)) for sheet in sheets]


def _line(sheet: Sheet, action: Action, against: str, examined: Examined | None) -> Line:
    step = step_for(action, sheet.state)
    if against or step is None or examined is None:
        return Line(sheet, sheet.version, not against, against or "実行できます。")
    problems = step.problems(examined)
    message = "先に直すところがあります。" if problems else "実行できます。"
    shown = examined.shown.token() if step.reads_content else ""
    return Line(sheet, sheet.version, not problems, message, problems, shown=shown)


def _guarded(sheet: Sheet, action: Action) -> bool:
    step = step_for(action, sheet.state)
    return bool(step and step.guards)


def _reason_against(sheet: Sheet, action: Action, acting: Acting) -> str:
    """Return why the person cannot take the step whatever the sheet says, or ""."""
    step = step_for(action, sheet.state)
    if step is None:
        return f"「{sheet.get_state_display()}」のため対象になりません。"
    return step.who.decide(acting, sheet).reason


def take_step(
    sheet: Sheet, action: Action, actor: User, *, comment: str, seen: str, shown: str
) -> Line:
    """Take the step with ``sheet`` as it was ``seen``, its version in the words of a form.

    ``shown``: what the form carried of its content. Each sheet has its own transaction: a refusal
    does not stop the others.
    """
    # The version before is that of a request which may have been taken already.
    versions = {str(version): version for version in (sheet.version, sheet.version - 1)}
    version = versions.get(seen, 0)
    try:
        perform(sheet, action, actor=actor, comment=comment, version=version, shown=shown_in(shown))
    except Changed as refusal:
        changed, now = refusal.differences, refusal.now
        return Line(sheet, version, False, refusal.message, changed=changed, shown=now)
    except Refusal as refusal:
        problems = getattr(refusal, "problems", ())
        return Line(sheet, version, False, refusal.message, problems)
    return Line(sheet, version, True, f"「{action.label}」を実行しました。")
