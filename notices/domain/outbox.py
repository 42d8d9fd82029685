"""Sending what is in the outbox: each mail once, again after a failure, and not for ever.

A sender first claims a mail, in a short transaction: it counts the attempt and puts the next one
off. Then it talks to the mail server, holding no lock. A sender that dies in between has simply
made an attempt that failed; the mail is due again later, with the Message-ID it had.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from smtplib import (
    SMTPDataError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit import trail
from core.locking import lock_in_order
from core.mail_headers import FoldedEmail
from notices.models import TALK_OVER, OutgoingMail

FIRST_WAIT = TALK_OVER
LONGEST_WAIT = timedelta(hours=4)
MOST_ATTEMPTS = 22  # about three days

# The server is well, it refuses this mail. Any other trouble (OSError) is the server's.
REFUSED = (
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPDataError,
    SMTPNotSupportedError,
    ValueError,
)


class Retried(Enum):
    """What came of trying a mail again, for people."""

    DUE = "送信待ちに戻しました"
    UNDER_WAY = "今送っているところのため、そのままにしました"
    SENT = "送信済みのため、そのままにしました"


@dataclass
class Round:
    """What came of sending: how many were sent, how many were not, and the server's trouble."""

    sent: int = 0
    failed: int = 0
    trouble: str = ""


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after this many attempts: twice as long each time."""
    return min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)


def send_due() -> Round:
    """Send every mail that is due, over one connection; stop where the server is in trouble."""
    outcome = Round()
    server = get_connection()
    try:
        while not outcome.trouble and (mail := _claim_next()):
            try:
                _connect(server)
                _letter(mail, server).send()
            except REFUSED as error:
                _note_failure(mail, error)
                outcome.failed += 1
            except OSError as error:
                _note_failure(mail, error)
                outcome.failed += 1
                outcome.trouble = _in_short(error)
            else:
                _note_success(mail)
                outcome.sent += 1
    finally:
        # Whatever the server thinks of our leaving: what it accepted is noted.
        with suppress(OSError):
            server.close()
    return outcome


def retry(mail: OutgoingMail, *, actor: User) -> Retried:
    """Make a mail that is not sent due at once, with all its attempts.

    One that a sender has just taken would go out twice: it is left alone.
    """
    with transaction.atomic():
        [stored] = lock_in_order(OutgoingMail.objects.filter(pk=mail.pk))
        if stored.sent_at:
            return Retried.SENT
        if stored.is_under_way:
            return Retried.UNDER_WAY
        before = {"attempts": stored.attempts}
        stored.attempts, stored.not_before, stored.given_up_at = 0, timezone.now(), None
        stored.save(update_fields=["attempts", "not_before", "given_up_at"])
        trail.record("mail.retry", stored, actor=actor, before=before)
    return Retried.DUE


def _claim_next() -> OutgoingMail | None:
    """Take the mail that has been due the longest; another sender meanwhile takes the next."""
    now = timezone.now()
    with transaction.atomic():
        mail = (
            OutgoingMail.objects.select_for_update(skip_locked=True, no_key=True)
            .filter(sent_at=None, given_up_at=None, not_before__lte=now)
            .order_by("not_before", "pk")
            .first()
        )
        if mail:
            mail.attempts += 1
            mail.claimed_at = now
            mail.not_before = now + wait_after(mail.attempts)
            mail.save(update_fields=["attempts", "claimed_at", "not_before"])
    return mail


def _connect(server: BaseEmailBackend) -> None:
    """Open ``server``; what it refuses before it has seen a mail (STARTTLS, say) is its trouble."""
    try:
        server.open()
    except REFUSED as error:
        raise ConnectionError(str(error)) from error


def _letter(mail: OutgoingMail, server: BaseEmailBackend) -> FoldedEmail:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    return FoldedEmail(
        mail.subject,
        mail.body,
        to=[mail.address],
        connection=server,
        headers={
            "Message-ID": f"<{mail.reference}@{domain}>",
            # Nobody's out-of-office notice need answer it (RFC 3834).
            "Auto-Submitted": "auto-generated",
        },
    )


def _note_success(mail: OutgoingMail) -> None:
    OutgoingMail.objects.filter(pk=mail.pk).update(
        sent_at=timezone.now(), claimed_at=None, given_up_at=None, last_error=""
    )


def _note_failure(mail: OutgoingMail, error: Exception) -> None:
    given_up = timezone.now() if mail.attempts >= MOST_ATTEMPTS else None
    OutgoingMail.objects.filter(pk=mail.pk, sent_at=None).update(
        last_error=_in_short(error), claimed_at=None, given_up_at=given_up
    )


def _in_short(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]
