"""Issued PDFs, stored as bytes, and publications."""

from django.conf import settings
from django.db import models

from core.append_only import AppendOnly, AppendOnlyQuerySet
from evaluations.models.history import Revision
from evaluations.models.sheets import Sheet


class IssuedPdf(AppendOnly):
    """The PDF rendered once at approval, and served unchanged from then on. Append-only.

    It is content-addressed: the unique SHA-256 of the bytes identifies the PDF of any copy.
    """

    revision = models.OneToOneField(Revision, models.PROTECT, related_name="issued_pdf")
    content = models.BinaryField("PDF")
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    # The hash of the embedded data, to distinguish altered pages from altered data.
    data_sha256 = models.CharField(
        "データのSHA-256", max_length=64, blank=True, editable=False, db_index=True
    )
    # The audit hash embedded in the PDF; null for PDFs issued before it was introduced.
    audit_sequence = models.PositiveBigIntegerField("監査記録の番号", null=True, editable=False)
    audit_hash = models.CharField("監査記録のハッシュ", max_length=64, blank=True, editable=False)
    issued_at = models.DateTimeField("作成日時", auto_now_add=True)

    objects = AppendOnlyQuerySet["IssuedPdf"].as_manager()

    class Meta:
        verbose_name = "確定PDF"
        verbose_name_plural = "確定PDF"

    def __str__(self) -> str:
        return f"{self.revision} {self.sha256[:12]}"


class Publication(models.Model):
    """The publication of a sheet, valid until its replacement is published."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="publications")
    issued_pdf = models.ForeignKey(IssuedPdf, models.PROTECT, related_name="publications")
    published_at = models.DateTimeField("公表日時", auto_now_add=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_current = models.BooleanField("現行", default=True)

    class Meta:
        verbose_name = "公表"
        verbose_name_plural = "公表"
        ordering = ("-published_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["sheet"],
                condition=models.Q(is_current=True),
                name="publication_one_current_per_sheet",
            )
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.published_at:%Y-%m-%d}"
