"""A person's booklets, their queue position and remaining time."""

from dataclasses import dataclass
from math import ceil

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from booklets.enums import UNFINISHED, BookletStatus
from booklets.models import Booklet
from core.worker import PATIENCE, a_task_is_running
from evaluations.access.whom_to_ask import administrators_in_words


def booklets_of(user: User) -> QuerySet[Booklet]:
    """Return the booklets requested by ``user``, newest first."""
    return Booklet.objects.filter(requested_by=user)


@dataclass(frozen=True)
class QueuePosition:
    """The queue position of an unfinished booklet: ``ahead`` is the number before it.

    ``nobody_works``: it is overdue by a minute, so that no worker seems to be running.
    """

    ahead: int = 0
    nobody_works: bool = False
    administrators: str = ""


def queue_position(booklet: Booklet) -> QueuePosition:
    """Return the queue position of ``booklet``. At most four queries, none if it is finished."""
    now = timezone.now()
    if booklet.status == BookletStatus.WAITING:
        others = Booklet.objects.filter(status__in=UNFINISHED).exclude(pk=booklet.pk)
        being_made = Q(lease_until__gt=now)
        ahead = others.filter(being_made | _before(booklet)).count()
        is_late = booklet.requested_at < now - PATIENCE
        at_work = others.filter(being_made).exists() or a_task_is_running()
        nobody_works = is_late and not at_work
    else:
        ahead = 0
        nobody_works = bool(
            booklet.has_stopped and booklet.lease_until and booklet.lease_until < now - PATIENCE
        )
    return QueuePosition(ahead, nobody_works, administrators_in_words() if nobody_works else "")


def _before(booklet: Booklet) -> Q:
    """Return the condition for booklets that the queue starts before ``booklet``."""
    return Q(own_before__lt=booklet.own_before) | Q(
        own_before=booklet.own_before, requested_at__lt=booklet.requested_at
    )


def time_left_in_words(booklet: Booklet) -> str:
    """Return the approximate remaining time in Japanese; empty if unknown."""
    left = booklet.time_left
    if left is None:
        return ""
    seconds = left.total_seconds()
    if seconds < 60:
        return f"残り約{max(10, ceil(seconds / 10) * 10)}秒"
    return f"残り約{ceil(seconds / 60)}分"
