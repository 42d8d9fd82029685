"""冊子: many sheets made into one file by the worker, and the drafts' paper kept for the next."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from booklets.enums import UNFINISHED, BookletKind, BookletStatus


class Booklet(models.Model):
    """A file of many sheets that a person has asked for, and how far its making has come.

    ``sheet_ids`` is frozen when it is asked for: the sheets the person saw then, in print order.
    Whoever makes it holds it by ``holder`` until ``lease_until``, and renews that at every sheet;
    a booklet whose lease has run out is free for another worker.
    """

    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="booklets", verbose_name="依頼者"
    )
    requested_at = models.DateTimeField("依頼日時", auto_now_add=True)
    kind = models.CharField("種類", max_length=10, choices=BookletKind)
    title = models.CharField("表題", max_length=200)
    # The filters in words, as the cover shows them.
    selection = models.JSONField("条件", default=list)
    sheet_ids = models.JSONField("シート")
    # How many of the person's own were unfinished then: the more, the later is its turn.
    own_before = models.PositiveSmallIntegerField("先に依頼した冊子", default=0, editable=False)

    status = models.CharField(
        "状況", max_length=10, choices=BookletStatus, default=BookletStatus.WAITING
    )
    holder = models.CharField(max_length=32, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField("着手の回数", default=0)
    done = models.PositiveIntegerField("印刷したシート", default=0)
    started_at = models.DateTimeField("作成開始日時", null=True)
    # What the present attempt began with, from which the time left is reckoned.
    resumed_at = models.DateTimeField(null=True, editable=False)
    resumed_done = models.PositiveIntegerField(default=0, editable=False)
    finished_at = models.DateTimeField("終了日時", null=True)

    # The sheets that are not in it: {"name": …, "reason": …}; and why there is no file at all.
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
        """How many sheets were asked for."""
        return len(self.sheet_ids)

    @property
    def is_unfinished(self) -> bool:
        """Whether it is waiting or being made."""
        return self.status in UNFINISHED

    @property
    def is_downloadable(self) -> bool:
        """Whether there is a file, and its time has not run out."""
        return bool(
            self.status == BookletStatus.DONE
            and self.expires_at
            and self.expires_at > timezone.now()
        )

    @property
    def has_stopped(self) -> bool:
        """Whether whoever was making it has not been heard of for the length of a lease."""
        return bool(
            self.status == BookletStatus.RUNNING
            and self.lease_until
            and self.lease_until <= timezone.now()
        )

    @property
    def percent(self) -> int:
        """How much of it is printed, in whole percent."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def time_left(self) -> timedelta | None:
        """How long the rest takes at the present attempt's mean; None where nothing tells."""
        printed = self.done - self.resumed_done
        if self.status != BookletStatus.RUNNING or self.resumed_at is None or printed <= 0:
            return None
        return (timezone.now() - self.resumed_at) / printed * (self.total - self.done)


class BookletPart(models.Model):
    """A piece of the file, so that neither writing nor sending it takes the memory of all."""

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
    """The paper of a draft, by the hash of all it is made of: unchanged, it is not made twice."""

    key = models.CharField("SHA-256", max_length=64, primary_key=True)
    content = models.BinaryField("PDF")
    used_at = models.DateTimeField("最終使用日時", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "下書きの印刷"
        verbose_name_plural = "下書きの印刷"

    def __str__(self) -> str:
        return self.key[:12]
