"""Taking a step of the workflow, atomically. The only writer of ``Sheet.state``."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Acting, acting_as
from audit import trail
from core.refusals import Invalid, NotAllowed, Stale
from evaluations.access.visibility import sheets_visible_to
from evaluations.domain.revisions import freeze, next_revision
from evaluations.domain.sheet_lock import lock_as, stored_sheet
from evaluations.domain.step_notices import announce
from evaluations.enums import Action, State
from evaluations.models import Revision, Sheet, Transition
from evaluations.refusals import Blocked, Changed, NoSuchStep
from evaluations.workflow.effects import PrintedRevision, issue_pdf, print_revision
from evaluations.workflow.guards import Examined
from evaluations.workflow.shown import Shown, differences
from evaluations.workflow.table import STAMPS_BEFORE, WORKFLOW, Step, step_for
from texts.notation import normalize


@dataclass(frozen=True)
class Request:
    """The arguments of ``perform``: the step to take, and what the person was shown."""

    action: str
    actor: User
    comment: str
    version: int
    shown: Shown | None


def perform(
    sheet: Sheet,
    action: str,
    *,
    actor: User,
    comment: str = "",
    version: int,
    shown: Shown | None = None,
) -> Transition:
    """Take one step, whole or not at all, and return its transition.

    ``version`` is that of the sheet as ``actor`` saw it, and ``shown`` what its pages said; None
    for a command, which shows nothing. In one transaction the sheet is locked, version, table,
    permission, comment, content and guards are checked in this order, and state, stamps, revision,
    effects, transition, messages and audit entry are written. The content is read once: what the
    guards examine is what the revision holds and the PDF prints. ``sheet`` is brought up to date.
    Raises a ``Refusal`` otherwise: Stale, NotAllowed, Invalid (no comment), Changed or Blocked.
    It is idempotent: the same request sent again returns the same transition and does nothing. It
    is refused where the person may no longer see the sheet.
    """
    request = Request(action, actor, normalize(comment), version, shown)
    printed = _print_first(sheet, request)
    with transaction.atomic():
        locked, acting = lock_as(sheet, actor)
        if done := _taken_already(locked, request, acting):
            return done
        examined = Examined(locked)
        step = _step_or_refusal(examined, request, acting)
        transition = _take(step, examined, request, acting.roles.in_words, printed)
    sheet.refresh_from_db()
    return transition


def _print_first(sheet: Sheet, request: Request) -> PrintedRevision | None:
    """Return the revision and its PDF where the step issues one; None where it does not.

    Printing takes seconds, too long to hold a row lock. So everything is checked, then printed, and
    checked again under the lock.
    """
    if not any(step.issues_pdf for step in WORKFLOW if step.action == request.action):
        return None
    stored, acting = stored_sheet(sheet), acting_as(request.actor)
    if _taken_already(stored, request, acting):
        return None
    examined = Examined(stored)
    _step_or_refusal(examined, request, acting)
    return print_revision(
        next_revision(stored, examined.content, occasion=request.action, actor=request.actor)
    )


def _taken_already(sheet: Sheet, request: Request, acting: Acting) -> Transition | None:
    """Return the transition of the same request sent before: a double click, a lost answer."""
    if sheet.version != request.version + 1:
        return None
    last = sheet.transitions.first()
    same = (request.action, request.actor.pk, request.comment)
    if last is None or (last.action, last.actor_id, last.comment) != same:
        return None
    if not sheets_visible_to(acting.roles).filter(pk=sheet.pk).exists():
        raise NotAllowed("今の役割では、このシートを見られません。")
    return last


def _step_or_refusal(examined: Examined, request: Request, acting: Acting) -> Step:
    sheet = examined.sheet
    if sheet.version != request.version:
        raise Stale(_what_happened(sheet))
    step = step_for(request.action, sheet.state)
    if step is None:
        raise NoSuchStep(sheet, Action(request.action))
    step.who.decide(acting, sheet).require()
    if step.comment_required and not request.comment:
        raise Invalid(f"「{step.action.label}」には理由が必要です。理由を記入してください。")
    if step.reads_content and request.shown and request.shown.mark != examined.shown.mark:
        changed = differences(request.shown, examined.shown, sheet.edition.definition)
        raise Changed(changed, examined.shown.token())
    if problems := step.problems(examined):
        raise Blocked(
            f"「{step.action.label}」の前に直すところが{len(problems)}件あります。", problems
        )
    return step


def _take(
    step: Step, examined: Examined, request: Request, role: str, printed: PrintedRevision | None
) -> Transition:
    """Write everything that the step changes, and return its transition."""
    sheet, actor = examined.sheet, request.actor
    from_state, from_version = sheet.state, sheet.version
    revision = _revision(step, examined, request, printed)
    if step.issues_pdf:
        # Lists and file names keep the names as approved, whatever is renamed later.
        sheet.approved_name = examined.content.contribution_name
        sheet.approved_division = examined.content.division
    _write(sheet, step, actor, revision.created_at if revision else timezone.now())
    if printed:
        issue_pdf(printed, actor=actor)
    for effect in step.effects:
        effect(sheet, actor)
    transition = Transition.objects.create(
        sheet=sheet,
        action=step.action,
        from_state=from_state,
        to_state=sheet.state,
        actor=actor,
        role=role,
        comment=request.comment,
        revision=revision,
    )
    announce(transition)
    trail.record(
        f"sheet.{step.action}",
        sheet,
        actor=actor,
        before={"state": from_state, "version": from_version},
        after={"state": sheet.state, "version": sheet.version, "comment": request.comment},
    )
    return transition


def _revision(
    step: Step, examined: Examined, request: Request, printed: PrintedRevision | None
) -> Revision | None:
    """Store and return the revision that the step makes: what was examined, and printed."""
    if not step.makes_revision:
        return None
    if not step.issues_pdf:
        return freeze(examined.sheet, examined.content, occasion=step.action, actor=request.actor)
    if printed is None or printed.revision.sha256 != examined.fingerprint:
        raise Stale(
            "PDFを作成している間に、シートの内容が変わりました。"
            "最新の内容を確かめて、もう一度操作してください。"
        )
    printed.revision.save(force_insert=True)
    return printed.revision


def _write(sheet: Sheet, step: Step, actor: User, at: datetime) -> None:
    """Write state and stamps, and clear the stamps of the steps that are still to be taken."""
    sheet.state = step.leads_to(sheet)
    sheet.state_since = at
    sheet.version += 1
    for later in STAMPS_BEFORE.get(State(sheet.state), ()):
        _stamp(sheet, later, None, None)
    if step.stamp:
        _stamp(sheet, step.stamp, at, actor)
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
