"""The worker's queue: what ``manage.py db_worker`` runs.

A worker that is killed leaves its task marked as running for ever, and nobody takes it up again.
So there is always a second task for a booklet that is not finished: to look again once the lease
has run out.

The queue runs by priority, then by time. Everybody's first booklet comes before anybody's second,
so that who asks for many does not keep the others waiting; ``queries.booklets`` tells that order.
"""

from datetime import datetime

from django_tasks import task

from booklets.models import Booklet

QUEUE = "booklets"


@task(queue_name=QUEUE)
def make_booklet(pk: int) -> None:
    """Make the booklet ``pk``, unless it is finished or somebody is making it."""
    # Only the worker prints; web processes need not load what that takes.
    from booklets.domain.production import make  # noqa: PLC0415

    make(pk)


def make_soon(booklet: Booklet) -> None:
    """Put the booklet into the queue; belongs into the transaction that changes its row."""
    make_booklet.using(priority=-booklet.own_before).enqueue(booklet.pk)


def look_again(booklet: Booklet, at: datetime) -> None:
    """Have a worker look after the booklet not before ``at``."""
    make_booklet.using(priority=-booklet.own_before, run_after=at).enqueue(booklet.pk)
