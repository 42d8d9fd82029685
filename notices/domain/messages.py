"""Notifying people, by messages in the application and by mail.

Messages and mails are rows written in the transaction of the change they are about, so that a
rollback removes them and no change waits for a mail server. ``domain.outbox`` sends the mails.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import Division, User
from core.locking import lock_in_order
from notices.enums import MessageKind
from notices.mail_text import absolute_url, mail_body, subject_line
from notices.models import Message, OutgoingMail


def notify(
    recipients: Iterable[User],
    *,
    kind: MessageKind,
    subject: str,
    body: str,
    path: str,
    key: str,
    note: str = "",
    division: Division | None = None,
    at_once: bool = False,
) -> None:
    """Add a message for each of ``recipients``, and a mail if ``at_once``. Two queries.

    Idempotent: ``key`` identifies the event, of which each person is notified once. ``path`` is a
    path of the site. ``note`` is not mailed, and is shown only to people of ``division`` and those
    who see all divisions. Call it inside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("notify() belongs inside the transaction of the change it is about")
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError(f"{path!r} is no path within the site")
    now = timezone.now()
    # Sorted, so that concurrent transactions insert in the same order and cannot deadlock.
    people = sorted(recipients, key=lambda person: person.pk)
    mailed = {person.pk for person in people if at_once and person.email}
    subject = " ".join(subject.split())[:400]
    Message.objects.bulk_create(
        (
            Message(
                recipient=person,
                kind=kind,
                subject=subject,
                body=body,
                note=note,
                division=division,
                path=path,
                key=key,
                created_at=now,
                mailed_at=now if person.pk in mailed else None,
            )
            for person in people
        ),
        ignore_conflicts=True,
    )
    content = f"{subject}\n\n{body}\n\n{absolute_url(path)}"
    OutgoingMail.objects.bulk_create(
        (
            OutgoingMail(key=f"message:{person.pk}:{key}", **_mail(person, subject, content))
            for person in people
            if person.pk in mailed
        ),
        ignore_conflicts=True,
    )


def queue_digest(
    person: User, subject: str, content: str, *, messages: Iterable[Message], key: str
) -> bool:
    """Queue a mail to ``person`` for ``messages``, unless ``key`` has been queued before.

    Return whether it was queued now.
    """
    with transaction.atomic():
        _, is_new = OutgoingMail.objects.get_or_create(
            key=key, defaults=_mail(person, subject, content)
        )
        if is_new:
            told = Message.objects.filter(pk__in=[message.pk for message in messages])
            lock_in_order(told.only("pk"))
            told.update(mailed_at=timezone.now())
    return is_new


def mark_read(message: Message) -> None:
    """Mark ``message`` as read, keeping the time of the first reading."""
    Message.objects.filter(pk=message.pk, read_at=None).update(read_at=timezone.now())


def mark_all_read(person: User, *, up_to: int) -> int:
    """Mark the messages of ``person`` up to the id ``up_to`` as read; return how many."""
    unread = Message.objects.filter(recipient=person, read_at=None, pk__lte=up_to)
    with transaction.atomic():
        lock_in_order(unread.only("pk"))
        return unread.update(read_at=timezone.now())


def _mail(person: User, subject: str, content: str) -> dict[str, str]:
    """Return recipient, subject and text of the mail."""
    return {
        "address": person.email,
        "subject": subject_line(subject),
        "body": mail_body(person, content),
    }
