"""Taking the steps of a bulk step, one sheet after the other, each in its own transaction."""

import structlog
from django.db import OperationalError, connection
from django.utils import timezone

from bulk_steps.domain.claims import claim_next, release
from bulk_steps.enums import ResultStatus
from bulk_steps.models import BulkStep, BulkStepResult
from core.error_frames import frames_of
from core.refusals import Refusal
from evaluations.enums import Action
from evaluations.refusals import Blocked, Changed
from evaluations.workflow import perform
from evaluations.workflow.shown import shown_in

FAULT = (
    "予期しない不具合のため、実行できませんでした。もう一度操作してください。"
    "同じことが続くときは、システム管理者に連絡してください。"
)

logger = structlog.get_logger(__name__)


def take_steps(bulk_step_pk: int) -> None:
    """Take the step with every sheet that nobody else has claimed.

    Whoever stores the last result marks the bulk step as finished. Where the process is asked to
    end amid a sheet, that sheet is given back.
    """
    while result := claim_next(bulk_step_pk):
        try:
            _take(result)
        except (KeyboardInterrupt, SystemExit):
            # The signal may have interrupted a query, which leaves the connection unusable.
            connection.close()
            release(result)
            raise
    unfinished = BulkStep.objects.filter(pk=bulk_step_pk, finished_at=None)
    unfinished.exclude(results__status=ResultStatus.WAITING).update(finished_at=timezone.now())


def _take(result: BulkStepResult) -> None:
    """Take the step with one sheet, as the person who asked for it, and store what became of it."""
    asked = result.bulk_step
    try:
        perform(
            result.sheet,
            asked.action,
            actor=asked.requested_by,
            comment=asked.comment,
            version=result.version,
            shown=shown_in(result.shown),
        )
    except Refusal as refusal:
        if not _taken_before(result):
            _refuse(result, refusal.message, _reasons(refusal))
            return
    except OperationalError as error:
        # The database was busy, or away: the sheet is tried again once its claim expires.
        logger.warning("bulk_step_put_off", sheet=result.sheet_id, **frames_of(error))
        return
    except Exception as error:  # one sheet must not stop the others
        logger.error("bulk_step_fault", sheet=result.sheet_id, **frames_of(error))
        _refuse(result, FAULT)
        return
    # Whatever another worker has stored: the step was taken.
    BulkStepResult.objects.filter(pk=result.pk).update(
        status=ResultStatus.DONE,
        message=f"「{Action(asked.action).label}」を実行しました。",
        reasons=[],
        claimed_until=None,
    )


def _taken_before(result: BulkStepResult) -> bool:
    """Whether an earlier attempt took the step, and ended before it could store the result.

    ``perform`` recognises the same request itself, unless the sheet has moved on since.
    """
    asked = result.bulk_step
    return result.sheet.transitions.filter(
        action=asked.action,
        actor=asked.requested_by_id,
        comment=asked.comment,
        at__gte=asked.requested_at,
    ).exists()


def _refuse(result: BulkStepResult, message: str, reasons: list[str] | None = None) -> None:
    BulkStepResult.objects.filter(pk=result.pk, status=ResultStatus.WAITING).update(
        status=ResultStatus.REFUSED, message=message, reasons=reasons or [], claimed_until=None
    )


def _reasons(refusal: Refusal) -> list[str]:
    if isinstance(refusal, Changed):
        return [str(difference) for difference in refusal.differences]
    if isinstance(refusal, Blocked):
        return [problem.message for problem in refusal.problems]
    return []
