"""Asking for a bulk step: stored first, then taken at once or left to the worker."""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from django.db import DatabaseError, transaction

from accounts.models import User
from accounts.roles import roles_of
from audit import trail
from bulk_steps.domain.queue import enqueue, look_again_later
from bulk_steps.domain.steps import take_steps
from bulk_steps.models import BulkStep, BulkStepResult
from core.error_frames import frames_of
from core.locking import lock_in_order
from core.refusals import Invalid
from evaluations.access.visibility import sheets_visible_to
from evaluations.enums import Action
from texts.notation import normalize

# An approval prints the official PDF, which takes a second or two: more are left to the worker.
FEW_SHEETS = 5
MOST_SHEETS = 500

logger = structlog.get_logger(__name__)


@dataclass(frozen=True)
class SeenSheet:
    """A chosen sheet as the page showed it: its version, and a token of its content."""

    pk: int
    version: int
    shown: str = ""


def request_bulk_step(
    chosen: Sequence[SeenSheet], *, action: Action, comment: str, actor: User
) -> BulkStep:
    """Store a bulk step with those ``chosen`` sheets that ``actor`` may see; take it if few.

    Whether a step is possible is asked of each sheet when it is taken, and is its result.
    Idempotent: an identical unfinished bulk step is returned instead of a new one. Raises Invalid
    for no sheet or more than ``MOST_SHEETS``.
    """
    bulk_step = _stored(chosen, action, normalize(comment), actor)
    if bulk_step.results.count() <= FEW_SHEETS:
        try:
            take_steps(bulk_step.pk)
        except DatabaseError as error:
            # It is stored, so it must not be told as refused: the worker goes on with it.
            logger.error("bulk_step_left_to_worker", bulk_step=bulk_step.pk, **frames_of(error))
    return bulk_step


@transaction.atomic
def _stored(chosen: Sequence[SeenSheet], action: Action, comment: str, actor: User) -> BulkStep:
    # Lock the person, so that a form sent twice at once is one bulk step.
    lock_in_order(User.objects.filter(pk=actor.pk))
    refuse_too_many(len(chosen))
    seen = {each.pk: each for each in chosen}
    visible = sheets_visible_to(roles_of(actor)).filter(pk__in=seen)
    ids = list(visible.values_list("pk", flat=True))
    if not ids:
        raise Invalid("選んだシートは、今の役割では見られません。")
    same = {(pk, seen[pk].version) for pk in ids}
    unfinished = BulkStep.objects.filter(
        requested_by=actor, action=action, comment=comment, finished_at=None
    )
    for each in unfinished:
        if set(each.results.values_list("sheet", "version")) == same:
            return each
    bulk_step = BulkStep.objects.create(requested_by=actor, action=action, comment=comment)
    BulkStepResult.objects.bulk_create(
        BulkStepResult(
            bulk_step=bulk_step, sheet_id=pk, version=seen[pk].version, shown=seen[pk].shown
        )
        for pk in ids
    )
    after = {"action": action, "sheets": ids}
    trail.record("bulk_step.ask", bulk_step, actor=actor, after=after)
    if len(ids) > FEW_SHEETS:
        enqueue(bulk_step)
    look_again_later(bulk_step)
    return bulk_step


def refuse_too_many(number: int) -> None:
    """Raise Invalid for more sheets than one bulk step may have."""
    if number > MOST_SHEETS:
        raise Invalid(
            f"一度にまとめて行えるのは{MOST_SHEETS}件までです（選んだのは{number:,}件）。"
            "選ぶ件数を減らして、何回かに分けて操作してください。"
        )
