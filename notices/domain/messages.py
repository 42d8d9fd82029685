"""Telling people things. Whatever is told belongs to the transaction of what it tells of.

An act that is rolled back has told nobody, and an act never waits for a mail server: what goes by
mail is a row of the outbox, sent by ``domain.mails``.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import Division, User
from core.locking import lock_in_order
from notices.enums import MessageKind
from notices.letters import absolute, headline, letter
from notices.models import Message, OutgoingMail


def tell(
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
    """Put a message into the list of each of ``recipients``; where ``at_once``, mail it as well.

    ``path`` is an address within the site. ``key`` names what is told of: whoever has been told
    is not told again. ``note`` is not mailed; those read it who have to do with ``division``, and
    who sees all divisions. Belongs inside a transaction. Two queries.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("tell() belongs inside the transaction of what it tells of")
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError(f"{path!r} is no path within the site")
    now = timezone.now()
    # Of two who tell the same, each adds its rows in the same order.
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
    content = f"{subject}\n\n{body}\n\n{absolute(path)}"
    OutgoingMail.objects.bulk_create(
        (
            OutgoingMail(key=f"message:{person.pk}:{key}", **_mail(person, subject, content))
            for person in people
            if person.pk in mailed
        ),
        ignore_conflicts=True,
    )


def tell_in_digest(
    person: User, subject: str, content: str, *, messages: Iterable[Message], key: str
) -> bool:
    """Queue a mail to ``person`` that holds ``messages``, unless ``key`` has been queued before.

    Return whether it was.
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
    """Note that ``message`` has been read; the first time counts."""
    Message.objects.filter(pk=message.pk, read_at=None).update(read_at=timezone.now())


def mark_all_read(person: User, *, up_to: int) -> int:
    """Mark the messages of ``person`` as read, up to the number ``up_to``; return how many."""
    unread = Message.objects.filter(recipient=person, read_at=None, pk__lte=up_to)
    with transaction.atomic():
        lock_in_order(unread.only("pk"))
        return unread.update(read_at=timezone.now())


def _mail(person: User, subject: str, content: str) -> dict[str, str]:
    """Return to whom the mail goes, and what it says."""
    return {
        "address": person.email,
        "subject": headline(subject),
        "body": letter(person, content),
    }
