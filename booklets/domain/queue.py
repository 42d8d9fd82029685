"""Task queue of the booklets, run by ``manage.py db_worker``.

A killed worker leaves its task marked as running, and nothing restarts it. So an unfinished
booklet always has a second task, due when the lease expires.

Tasks run by priority, then by age. Everybody's first booklet comes before anybody's second, so
that nobody blocks the others; ``queries.booklets`` computes the position in that order.
"""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone
from django_tasks import task

from booklets.domain.lease import LEASE, acquire_lease, leased_until, release_lease
from booklets.enums import UNFINISHED
from booklets.models import Booklet


@task()
def make_booklet(pk: int) -> None:
    """Task: produce the booklet ``pk``, unless it is finished or leased."""
    work_on(pk)


def work_on(pk: int) -> None:
    """Acquire the lease and produce the booklet; requeue it if the worker is stopped."""
    # Imported here since only the worker needs the printing modules.
    from booklets.domain.production import produce  # noqa: PLC0415

    booklet = acquire_and_watch(pk)
    if booklet is None:
        return
    try:
        produce(booklet)
    except BaseException:
        # The signal may have interrupted a query, which leaves the connection unusable.
        connection.close()
        requeue(booklet)
        raise


def acquire_and_watch(pk: int) -> Booklet | None:
    """Acquire the lease and return the booklet, or None if it is finished or leased.

    In any case, a leased booklet gets another task for when the lease expires.
    """
    with transaction.atomic():
        booklet = acquire_lease(pk)
        if until := leased_until(pk):
            _enqueue(booklet or Booklet.objects.get(pk=pk), run_after=until)
    return booklet


def enqueue_booklet(booklet: Booklet) -> None:
    """Queue a new booklet. Call it in the transaction that inserts the booklet."""
    _enqueue(booklet)
    _enqueue(booklet, run_after=timezone.now() + LEASE)


def requeue(booklet: Booklet) -> None:
    """Release the lease and queue the booklet again, for another worker to continue."""
    with transaction.atomic():
        release_lease(booklet)
        _enqueue(booklet)


def requeue_stalled() -> int:
    """Queue unfinished booklets again that are half a day old and have no lease."""
    before = timezone.now() - timedelta(hours=12)
    forgotten = Booklet.objects.filter(status__in=UNFINISHED, requested_at__lt=before).exclude(
        lease_until__gt=timezone.now()
    )
    for booklet in forgotten:
        _enqueue(booklet)
    return len(forgotten)


def _enqueue(booklet: Booklet, run_after: datetime | None = None) -> None:
    make_booklet.using(priority=-booklet.own_before, run_after=run_after).enqueue(booklet.pk)
