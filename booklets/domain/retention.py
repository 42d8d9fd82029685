"""What nobody needs any more: files whose time has run out, drafts' paper, the worker's notes."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from booklets.enums import BookletStatus
from booklets.models import Booklet, BookletPart, PrintedDraft
from core.locking import lock_in_order

# How long a file is kept, and how many for one person.
KEPT = timedelta(days=7)
MOST_KEPT = 10
DRAFTS_KEPT = timedelta(days=14)
NOTES_KEPT = timedelta(days=14)


def clear_away() -> int:
    """Delete what is out of date, and return how many booklets have run out."""
    now = timezone.now()
    with transaction.atomic():
        over = lock_in_order(Booklet.objects.filter(status=BookletStatus.DONE, expires_at__lte=now))
        ended = Booklet.objects.filter(pk__in=[each.pk for each in over]).update(
            status=BookletStatus.EXPIRED
        )
        BookletPart.objects.exclude(
            booklet__status__in=(BookletStatus.DONE, BookletStatus.RUNNING)
        ).delete()
    PrintedDraft.objects.filter(used_at__lt=now - DRAFTS_KEPT).delete()
    # Of a worker that was killed, the note says for ever that it is at work.
    DBTaskResult.objects.filter(enqueued_at__lt=now - NOTES_KEPT).delete()
    return ended


def keep_only_newest(person: User) -> None:
    """Delete the files of ``person``, whom the caller has locked, but for the newest ``MOST_KEPT``.

    Belongs into the transaction that adds one.
    """
    done = Booklet.objects.filter(requested_by=person, status=BookletStatus.DONE)
    older = list(done.order_by("-finished_at", "-pk").values_list("pk", flat=True)[MOST_KEPT:])
    lock_in_order(Booklet.objects.filter(pk__in=older))
    Booklet.objects.filter(pk__in=older).update(status=BookletStatus.EXPIRED)
    BookletPart.objects.filter(booklet__in=older).delete()
