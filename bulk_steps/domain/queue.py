"""Task queue of the bulk steps, run by ``manage.py db_worker``.

A killed worker leaves its task marked as running, and nothing restarts it. So an unfinished bulk
step always has another task, due when a claim on a sheet expires.
"""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from bulk_steps.domain.claims import CLAIM
from bulk_steps.domain.steps import take_steps
from bulk_steps.models import BulkStep

# Before the booklets: others wait for their sheets.
PRIORITY = 1


@task(priority=PRIORITY)
def take_bulk_step(pk: int) -> None:
    """Task: take the steps of the bulk step ``pk`` that are left."""
    work_on(pk)


def work_on(pk: int) -> None:
    """Take what is left of a bulk step; queue it again if the worker is stopped."""
    bulk_step = BulkStep.objects.filter(pk=pk, finished_at=None).first()
    if bulk_step is None:
        return
    look_again_later(bulk_step)
    try:
        take_steps(pk)
    except (KeyboardInterrupt, SystemExit):
        enqueue(bulk_step)
        raise


def enqueue(bulk_step: BulkStep) -> None:
    """Queue a bulk step. Call it in the transaction that inserts it."""
    take_bulk_step.enqueue(bulk_step.pk)


def look_again_later(bulk_step: BulkStep) -> None:
    """Queue a second task, for the case that whoever takes the steps now is killed."""
    take_bulk_step.using(run_after=timezone.now() + CLAIM).enqueue(bulk_step.pk)


def requeue_forgotten() -> None:
    """Queue bulk steps again that are still unfinished after half a day."""
    before = timezone.now() - timedelta(hours=12)
    for bulk_step in BulkStep.objects.filter(finished_at=None, requested_at__lt=before):
        enqueue(bulk_step)
