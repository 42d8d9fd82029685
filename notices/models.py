"""Messages to people, and the outbox of mails."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models.division import Division
from notices.enums import MessageKind

# A claim expires after this time, longer than a slow SMTP session (EMAIL_TIMEOUT per step).
CLAIM_TIMEOUT = timedelta(minutes=5)


class Message(models.Model):
    """A message to one person (お知らせ).

    ``subject`` and ``body`` may be mailed. ``note``, such as a reason, is not, and is shown only
    to readers with access to ``division``: ``notices.queries.with_readable_notes``.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="messages", verbose_name="宛先"
    )
    kind = models.CharField("種類", max_length=20, choices=MessageKind)
    subject = models.CharField("件名", max_length=400)
    body = models.TextField("本文", blank=True)
    note = models.TextField("理由・連絡", blank=True)
    division = models.ForeignKey(
        Division, models.PROTECT, related_name="+", verbose_name="担当課室", null=True, blank=True
    )
    path = models.CharField("リンク先", max_length=200)
    # Identifies the event: one message per person and key.
    key = models.CharField("重複を防ぐキー", max_length=150)
    created_at = models.DateTimeField("日時", default=timezone.now)
    read_at = models.DateTimeField("既読日時", null=True, blank=True)
    mailed_at = models.DateTimeField("メールに載せた日時", null=True, blank=True)

    class Meta:
        verbose_name = "お知らせ"
        verbose_name_plural = "お知らせ"
        ordering = ("-created_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["recipient", "key"], name="message_told_once")
        ]
        indexes = [
            models.Index(fields=["recipient"], condition=Q(read_at=None), name="message_unread")
        ]

    def __str__(self) -> str:
        return self.subject


class OutgoingMail(models.Model):
    """A mail in the outbox (transactional outbox pattern).

    ``attempts`` counts claims by senders; ``not_before`` is the time of the next one.
    ``claimed_at`` is the time of a claim without a result yet.
    """

    # Used as Message-ID, so that a mail sent twice after a crash can be recognized.
    reference = models.UUIDField("参照番号", default=uuid.uuid4, unique=True, editable=False)
    address = models.EmailField("宛先（当時）")
    subject = models.CharField("件名", max_length=420)
    body = models.TextField("本文")
    key = models.CharField("重複を防ぐキー", max_length=200, unique=True)
    created_at = models.DateTimeField("作成日時", default=timezone.now)
    not_before = models.DateTimeField("次に送る日時", default=timezone.now)
    attempts = models.PositiveSmallIntegerField("試行回数", default=0)
    claimed_at = models.DateTimeField("送り始めた日時", null=True, blank=True)
    last_error = models.CharField("直近の失敗", max_length=300, blank=True)
    sent_at = models.DateTimeField("送信日時", null=True, blank=True)
    given_up_at = models.DateTimeField("断念日時", null=True, blank=True)

    class Meta:
        verbose_name = "送信メール"
        verbose_name_plural = "送信メール"
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="mail_sent_or_given_up", condition=Q(sent_at=None) | Q(given_up_at=None)
            )
        ]
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=Q(sent_at=None, given_up_at=None),
                name="mail_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_under_way(self) -> bool:
        """Whether a sender has claimed the mail, and the claim has not expired."""
        return self.claimed_at is not None and timezone.now() < self.claimed_at + CLAIM_TIMEOUT

    @property
    def state_in_words(self) -> str:
        """The delivery state in Japanese."""
        if self.sent_at:
            return "送信済み"
        if self.is_under_way:
            return "送信中"
        if self.given_up_at:
            return "断念"
        return "再送待ち" if self.attempts else "送信待ち"
