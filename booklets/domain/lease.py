"""Holding a booklet while it is made: one worker at a time, and another one if that dies."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from booklets.enums import BookletStatus
from booklets.models import Booklet
from core.locking import lock_in_order

# Longer than the slowest step between two signs of life: printing one sheet, or writing the file.
LEASE = timedelta(minutes=2)
# A booklet that ends its worker again and again (by taking all memory) must not do so for ever.
MOST_ATTEMPTS = 5
FREE = {"holder": "", "lease_until": None}


class Lost(Exception):
    """The booklet was cancelled, or another worker has taken it over: stop, and touch nothing."""


def take(pk: int) -> Booklet | None:
    """Return the booklet, held by the caller, or None where there is nothing to do with it."""
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


def held_until(pk: int) -> datetime | None:
    """Return until when somebody holds the booklet ``pk``, or None where nobody does."""
    running = Booklet.objects.filter(pk=pk, status=BookletStatus.RUNNING)
    return running.values_list("lease_until", flat=True).first()


def keep_hold(booklet: Booklet, **fields: object) -> None:
    """Renew the lease and store ``fields``; raise Lost where the booklet is not the caller's."""
    held = Booklet.objects.filter(
        pk=booklet.pk, holder=booklet.holder, status=BookletStatus.RUNNING
    )
    if not held.update(lease_until=timezone.now() + LEASE, **fields):
        raise Lost


def give_back(booklet: Booklet) -> None:
    """End the lease of a booklet whose worker is asked to end, for the next to go on."""
    with transaction.atomic():
        keep_hold(booklet)
        Booklet.objects.filter(pk=booklet.pk).update(
            status=BookletStatus.WAITING,
            attempts=booklet.attempts - 1,
            **FREE,
        )


def _give_up(booklet: Booklet) -> None:
    Booklet.objects.filter(pk=booklet.pk).update(
        status=BookletStatus.FAILED,
        finished_at=timezone.now(),
        error=f"作成が途中で{MOST_ATTEMPTS}回止まったため、やめました。"
        "シートの数を減らすか、システム管理者に連絡してください。",
        **FREE,
    )
