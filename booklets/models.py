"""Booklets (冊子), their files, and the cache of printed drafts."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from booklets.enums import UNFINISHED, BookletKind, BookletStatus


class Booklet(models.Model):
    """A requested file of many sheets, with its state and progress.

    ``sheet_ids`` are the sheets visible at the time of the request, in print order. The worker has
    a lease, with ``holder`` as its token, until ``lease_until``, and renews it at every sheet;
    after that another worker may take over.
    """

    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="booklets", verbose_name="依頼者"
    )
    requested_at = models.DateTimeField("依頼日時", auto_now_add=True)
    kind = models.CharField("種類", max_length=10, choices=BookletKind)
    title = models.CharField("表題", max_length=200)
    # The filters in words, for the cover.
    selection = models.JSONField("条件", default=list)
    sheet_ids = models.JSONField("シート")
    # The number of the person's unfinished booklets at the request; more mean a lower priority.
    own_before = models.PositiveSmallIntegerField("先に依頼した冊子", default=0, editable=False)

    status = models.CharField(
        "状況", max_length=10, choices=BookletStatus, default=BookletStatus.WAITING
    )
    holder = models.CharField(max_length=32, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField("着手の回数", default=0)
    done = models.PositiveIntegerField("印刷したシート", default=0)
    started_at = models.DateTimeField("作成開始日時", null=True)
    # Start of the current attempt, for the estimate of the remaining time.
    resumed_at = models.DateTimeField(null=True, editable=False)
    resumed_done = models.PositiveIntegerField(default=0, editable=False)
    finished_at = models.DateTimeField("終了日時", null=True)

    # The missing sheets as {"name": …, "reason": …}, and the reason if there is no file.
    left_out = models.JSONField("入っていないシート", default=list)
    error = models.CharField("作成できなかった理由", max_length=300, blank=True)
    included_ids = models.JSONField("入っているシート", default=list)
    size = models.PositiveBigIntegerField("大きさ", null=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    expires_at = models.DateTimeField("保存期限", null=True)

    class Meta:
        verbose_name = "冊子"
        verbose_name_plural = "冊子"
        ordering = ("-requested_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="booklet_status_known", condition=Q(status__in=sorted(BookletStatus.values))
            ),
            models.CheckConstraint(
                name="booklet_running_is_held",
                condition=~Q(status=BookletStatus.RUNNING)
                | (~Q(holder="") & Q(lease_until__isnull=False)),
            ),
            models.CheckConstraint(
                name="booklet_done_has_file",
                condition=~Q(status=BookletStatus.DONE)
                | (Q(size__isnull=False, expires_at__isnull=False) & ~Q(sha256="")),
            ),
        ]
        indexes = [models.Index(fields=["status", "requested_at"])]

    def __str__(self) -> str:
        return f"{self.title}の{BookletKind(self.kind).noun}"

    @property
    def total(self) -> int:
        """The number of requested sheets."""
        return len(self.sheet_ids)

    @property
    def is_unfinished(self) -> bool:
        """Whether it is waiting or in progress."""
        return self.status in UNFINISHED

    @property
    def is_downloadable(self) -> bool:
        """Whether there is a file that has not expired."""
        return bool(
            self.status == BookletStatus.DONE
            and self.expires_at
            and self.expires_at > timezone.now()
        )

    @property
    def has_stopped(self) -> bool:
        """Whether the lease has expired while in progress."""
        return bool(
            self.status == BookletStatus.RUNNING
            and self.lease_until
            and self.lease_until <= timezone.now()
        )

    @property
    def percent(self) -> int:
        """The share of printed sheets, in whole percent."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def time_left(self) -> timedelta | None:
        """The estimated remaining time at the mean speed of this attempt; None if unknown."""
        printed = self.done - self.resumed_done
        if self.status != BookletStatus.RUNNING or self.resumed_at is None or printed <= 0:
            return None
        return (timezone.now() - self.resumed_at) / printed * (self.total - self.done)


class BookletPart(models.Model):
    """A piece of the file, so that it is never entirely in memory."""

    booklet = models.ForeignKey(Booklet, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        verbose_name = "冊子の一部"
        verbose_name_plural = "冊子の一部"
        constraints = [
            models.UniqueConstraint(fields=["booklet", "number"], name="booklet_part_numbered_once")
        ]

    def __str__(self) -> str:
        return f"{self.booklet_id} {self.number}"


class PrintedDraft(models.Model):
    """A cached PDF of a draft, with a hash of all its inputs as key."""

    key = models.CharField("SHA-256", max_length=64, primary_key=True)
    content = models.BinaryField("PDF")
    used_at = models.DateTimeField("最終使用日時", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "下書きの印刷"
        verbose_name_plural = "下書きの印刷"

    def __str__(self) -> str:
        return self.key[:12]
