"""Claims on the sheets of a bulk step: one worker at a time, and another one if the first dies."""

from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from bulk_steps.enums import ResultStatus
from bulk_steps.models import BulkStepResult

# Longer than the slowest step: printing an official PDF, and waiting for locks.
CLAIM = timedelta(minutes=2)
# Limits the retries of a sheet that kills its worker, for example by running out of memory.
MOST_ATTEMPTS = 3
GIVEN_UP = (
    f"処理が途中で{MOST_ATTEMPTS}回止まったため、やめました。シートを開いて今の状態を確かめ、"
    "システム管理者に連絡してください。"
)


def claim_next(bulk_step_pk: int) -> BulkStepResult | None:
    """Claim the next waiting sheet and return its result, with the person as they are now.

    None if every sheet has its result or is claimed. A conditional update decides who has it, as
    the row is locked while it is updated.
    """
    now = timezone.now()
    free = BulkStepResult.objects.filter(
        Q(claimed_until=None) | Q(claimed_until__lte=now),
        bulk_step=bulk_step_pk,
        status=ResultStatus.WAITING,
    ).order_by("pk")
    while (pk := free.values_list("pk", flat=True).first()) is not None:
        one = free.filter(pk=pk)
        if one.filter(attempts__gte=MOST_ATTEMPTS).update(
            status=ResultStatus.REFUSED, message=GIVEN_UP
        ):
            continue
        if one.update(claimed_until=now + CLAIM, attempts=F("attempts") + 1):
            results = BulkStepResult.objects.select_related("bulk_step__requested_by", "sheet")
            return results.get(pk=pk)
    return None


def release(result: BulkStepResult) -> None:
    """Give the sheet back when the worker is stopped, so that another one can take it."""
    BulkStepResult.objects.filter(pk=result.pk, status=ResultStatus.WAITING).update(
        claimed_until=None, attempts=F("attempts") - 1
    )
