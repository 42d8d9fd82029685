"""The worker's queue: what ``manage.py db_worker`` runs.

A worker that is killed leaves its task marked as running for ever, and nobody takes it up again.
So there is always a second task for a booklet that is not finished: to look again once the lease
has run out.

The queue runs by priority, then by time. Everybody's first booklet comes before anybody's second,
so that who asks for many does not keep the others waiting; ``queries.booklets`` tells that order.
"""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone
from django_tasks import task

from booklets.domain.lease import LEASE, give_back, held_until, take
from booklets.enums import UNFINISHED
from booklets.models import Booklet

QUEUE = "booklets"


@task(queue_name=QUEUE)
def make_booklet(pk: int) -> None:
    """Make the booklet ``pk``, unless it is finished or somebody is making it."""
    work_on(pk)


def work_on(pk: int) -> None:
    """Take the booklet and make it; put it back where the worker is asked to end."""
    # Only the worker prints; web processes need not load what that takes.
    from booklets.domain.production import make  # noqa: PLC0415

    booklet = take_and_watch(pk)
    if booklet is None:
        return
    try:
        make(booklet)
    except BaseException:
        # The signal may have come amid a question to the database, whose answer nobody waits for.
        connection.close()
        put_back(booklet)
        raise


def take_and_watch(pk: int) -> Booklet | None:
    """Return the booklet, held by the caller, or None where there is nothing to do with it.

    Held by whomever, it is looked after again when the lease runs out.
    """
    with transaction.atomic():
        booklet = take(pk)
        if until := held_until(pk):
            _enqueue(booklet or Booklet.objects.get(pk=pk), run_after=until)
    return booklet


def make_soon(booklet: Booklet) -> None:
    """Put a new booklet into the queue; belongs into the transaction that adds its row."""
    _enqueue(booklet)
    _enqueue(booklet, run_after=timezone.now() + LEASE)


def put_back(booklet: Booklet) -> None:
    """Put a booklet that the caller holds back into the queue, for the next worker to go on."""
    with transaction.atomic():
        give_back(booklet)
        _enqueue(booklet)


def put_back_what_is_forgotten() -> int:
    """Put unfinished booklets for which nobody has done anything all day into the queue again."""
    before = timezone.now() - timedelta(hours=12)
    forgotten = Booklet.objects.filter(status__in=UNFINISHED, requested_at__lt=before).exclude(
        lease_until__gt=timezone.now()
    )
    for booklet in forgotten:
        _enqueue(booklet)
    return len(forgotten)


def _enqueue(booklet: Booklet, run_after: datetime | None = None) -> None:
    make_booklet.using(priority=-booklet.own_before, run_after=run_after).enqueue(booklet.pk)
