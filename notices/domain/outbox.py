"""Sending of the outbox, with retries, exponential backoff and a limit on attempts.

A sender claims a mail in a short transaction, which counts the attempt and postpones the next one.
Then it talks to the mail server without holding a lock. If the sender dies, the attempt counts as
failed, and the mail is due again later with the same Message-ID.
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
from notices.models import CLAIM_TIMEOUT, OutgoingMail

FIRST_DELAY = CLAIM_TIMEOUT
LONGEST_DELAY = timedelta(hours=4)
MOST_ATTEMPTS = 22  # about three days

# Errors about a single mail. Any other OSError is a problem of the server.
REFUSED = (
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPDataError,
    SMTPNotSupportedError,
    ValueError,
)


class RetryResult(Enum):
    """The result of a retry, with its Japanese message."""

    DUE = "送信待ちに戻しました"
    UNDER_WAY = "今送っているところのため、そのままにしました"
    SENT = "送信済みのため、そのままにしました"


@dataclass
class SendResult:
    """The result of one run: numbers of mails sent and failed, and the server's error."""

    sent: int = 0
    failed: int = 0
    trouble: str = ""


def retry_delay(attempts: int) -> timedelta:
    """Return the delay after ``attempts`` attempts, doubled each time."""
    return min(FIRST_DELAY * 2 ** (attempts - 1), LONGEST_DELAY)


def send_due() -> SendResult:
    """Send all mails that are due over one connection; stop at an error of the server."""
    outcome = SendResult()
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
        # An error on closing does not matter: accepted mails are already marked as sent.
        with suppress(OSError):
            server.close()
    return outcome


def retry(mail: OutgoingMail, *, actor: User) -> RetryResult:
    """Make an unsent mail due now, and reset its attempts.

    A mail claimed by a sender is left alone, since it would be sent twice.
    """
    with transaction.atomic():
        [stored] = lock_in_order(OutgoingMail.objects.filter(pk=mail.pk))
        if stored.sent_at:
            return RetryResult.SENT
        if stored.is_under_way:
            return RetryResult.UNDER_WAY
        before = {"attempts": stored.attempts}
        stored.attempts, stored.not_before, stored.given_up_at = 0, timezone.now(), None
        stored.save(update_fields=["attempts", "not_before", "given_up_at"])
        trail.record("mail.retry", stored, actor=actor, before=before)
    return RetryResult.DUE


def _claim_next() -> OutgoingMail | None:
    """Claim the mail that has been due longest, skipping those locked by other senders."""
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
            mail.not_before = now + retry_delay(mail.attempts)
            mail.save(update_fields=["attempts", "claimed_at", "not_before"])
    return mail


def _connect(server: BaseEmailBackend) -> None:
    """Open ``server``; a refusal before the first mail, such as of STARTTLS, is a server error."""
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
            # Suppresses automatic replies (RFC 3834).
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
