"""The audit log: one entry per change, in an append-only hash chain."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from core.append_only import AppendOnly, AppendOnlyQuerySet


class AuditEntry(AppendOnly):
    """An entry of the audit log. Only ``audit.trail.record`` creates entries.

    ``before`` and ``after`` hold the changed fields. Texts of a sheet are represented by length
    and SHA-256; the sheet's revisions have the words.
    """

    sequence = models.PositiveBigIntegerField("番号", unique=True)
    at = models.DateTimeField("日時")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="行為者",
        null=True,
        blank=True,
    )
    actor_name = models.CharField("行為者（当時）", max_length=150)
    role = models.CharField("役割（当時）", max_length=300, blank=True)
    action = models.CharField("行為", max_length=60)
    object_type = models.CharField("対象の種類", max_length=60)
    object_id = models.CharField("対象の番号", max_length=60)
    object_label = models.CharField("対象", max_length=300)
    before = models.JSONField("変更前", default=dict)
    after = models.JSONField("変更後", default=dict)
    request_id = models.CharField("要求番号", max_length=60, blank=True)
    previous_hash = models.CharField("直前のハッシュ", max_length=64)
    hash = models.CharField("ハッシュ", max_length=64)

    objects = AppendOnlyQuerySet["AuditEntry"].as_manager()

    class Meta:
        verbose_name = "監査記録"
        verbose_name_plural = "監査記録"
        ordering = ("-sequence",)
        indexes = [
            models.Index(fields=["object_type", "object_id"]),
            models.Index(fields=["action", "sequence"]),
            models.Index(fields=["at"]),
            models.Index(fields=["request_id"]),
        ]

    def __str__(self) -> str:
        return f"#{self.sequence} {self.action}"


class AuditHead(models.Model):
    """The head of the chain, a single row.

    It is locked while an entry is added, and reveals truncation. ``chain`` is the hash of the
    first entry, which identifies the heads file of this chain.
    """

    sequence = models.PositiveBigIntegerField("最後の番号", default=0)
    hash = models.CharField("最後のハッシュ", max_length=64)
    chain = models.CharField("最初のハッシュ", max_length=64, blank=True)

    class Meta:
        verbose_name = "監査記録の末尾"
        verbose_name_plural = "監査記録の末尾"

    def __str__(self) -> str:
        return f"#{self.sequence}"


class ChildRecord(models.Model):
    """Abstract base of a record that belongs to a parent: a year's amount to its contribution.

    When such a record moves or is deleted, ``audit.records`` adds an entry to the parent's own
    history, so that nobody has to search the whole log for it.
    """

    PARENT: ClassVar[str]  # name of the foreign key to the parent
    POSITION_FIELDS: ClassVar[tuple[str, ...]]  # attnames that identify the place at the parent

    class Meta:
        abstract = True
