"""Lease on a booklet: one worker at a time, and another one if the first dies."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from booklets.enums import BookletStatus
from booklets.models import Booklet
from core.locking import lock_in_order

# Longer than the slowest step between two renewals: printing a sheet, or writing the file.
LEASE = timedelta(minutes=2)
# Limits the retries of a booklet that kills its worker, for example by running out of memory.
MOST_ATTEMPTS = 5
NO_LEASE = {"holder": "", "lease_until": None}


class LeaseLost(Exception):
    """The booklet was cancelled or taken over by another worker: stop without any change."""


def acquire_lease(pk: int) -> Booklet | None:
    """Acquire the lease and return the booklet, or None if it is finished or leased."""
    with transaction.atomic():
        held = lock_in_order(Booklet.objects.filter(pk=pk))
        if not held or not held[0].is_unfinished:
            return None
        [booklet] = held
        now = timezone.now()
        if booklet.lease_until and booklet.lease_until > now:
            return None
        if booklet.attempts >= MOST_ATTEMPTS:
            _give_up(booklet)
            return None
        booklet.status = BookletStatus.RUNNING
        booklet.holder, booklet.lease_until = uuid4().hex, now + LEASE
        booklet.attempts += 1
        booklet.started_at = booklet.started_at or now
        booklet.resumed_at, booklet.resumed_done = now, booklet.done
        booklet.save()
    return booklet


def leased_until(pk: int) -> datetime | None:
    """Return the end of the lease on the booklet ``pk``, or None if there is no lease."""
    running = Booklet.objects.filter(pk=pk, status=BookletStatus.RUNNING)
    return running.values_list("lease_until", flat=True).first()


def renew_lease(booklet: Booklet, **fields: object) -> None:
    """Renew the lease and update ``fields``; raise LeaseLost if the caller has no lease."""
    held = Booklet.objects.filter(
        pk=booklet.pk, holder=booklet.holder, status=BookletStatus.RUNNING
    )
    if not held.update(lease_until=timezone.now() + LEASE, **fields):
        raise LeaseLost


def release_lease(booklet: Booklet) -> None:
    """Release the lease when the worker is stopped, so that another one can continue."""
    with transaction.atomic():
        renew_lease(booklet)
        Booklet.objects.filter(pk=booklet.pk).update(
            status=BookletStatus.WAITING,
            attempts=booklet.attempts - 1,
            **NO_LEASE,
        )


def _give_up(booklet: Booklet) -> None:
    Booklet.objects.filter(pk=booklet.pk).update(
        status=BookletStatus.FAILED,
        finished_at=timezone.now(),
        error=f"作成が途中で{MOST_ATTEMPTS}回止まったため、やめました。"
        "シートの数を減らすか、システム管理者に連絡してください。",
        **NO_LEASE,
    )
