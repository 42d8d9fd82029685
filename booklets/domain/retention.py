"""Retention of files and cached drafts, and deletion of expired ones."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from booklets.enums import BookletStatus
from booklets.models import Booklet, BookletPart, PrintedDraft
from core.locking import lock_in_order

# Retention of a file, and the number of files kept per person.
FILE_RETENTION = timedelta(days=7)
FILES_PER_PERSON = 10
DRAFT_RETENTION = timedelta(days=14)


def delete_expired() -> int:
    """Delete everything expired, and return the number of expired booklets."""
    now = timezone.now()
    with transaction.atomic():
        over = lock_in_order(Booklet.objects.filter(status=BookletStatus.DONE, expires_at__lte=now))
        ended = Booklet.objects.filter(pk__in=[each.pk for each in over]).update(
            status=BookletStatus.EXPIRED
        )
        BookletPart.objects.exclude(
            booklet__status__in=(BookletStatus.DONE, BookletStatus.RUNNING)
        ).delete()
    PrintedDraft.objects.filter(used_at__lt=now - DRAFT_RETENTION).delete()
    return ended


def delete_oldest_files(person: User) -> None:
    """Delete the files of ``person`` except the newest ``FILES_PER_PERSON``.

    Call it in the transaction that adds a file, with ``person`` locked.
    """
    done = Booklet.objects.filter(requested_by=person, status=BookletStatus.DONE)
    older = list(
        done.order_by("-finished_at", "-pk").values_list("pk", flat=True)[FILES_PER_PERSON:]
    )
    lock_in_order(Booklet.objects.filter(pk__in=older))
    Booklet.objects.filter(pk__in=older).update(status=BookletStatus.EXPIRED)
    BookletPart.objects.filter(booklet__in=older).delete()
