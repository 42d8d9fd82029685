"""Financial reports of organisations (財政状況の報告)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from audit.models import ChildRecord
from contributions.enums import ReportStatus
from contributions.models.contribution import Contribution


class FinancialReport(ChildRecord):
    """The financial report as stated in the evaluation of ``fiscal_year``.

    ``received_month`` is the first day of the month of receipt. If it has not come, the reason and
    the date of the next inquiry are given instead; if there is none to come, the reason.
    """

    PARENT = "contribution"
    POSITION_FIELDS = ("contribution_id", "fiscal_year")

    contribution = models.ForeignKey(
        Contribution,
        models.PROTECT,
        related_name="financial_reports",
        verbose_name="分担金・拠出金",
    )
    fiscal_year = models.PositiveSmallIntegerField("評価年度（西暦）")
    status = models.CharField(
        "受領状況", max_length=20, choices=ReportStatus, default=ReportStatus.RECEIVED
    )
    received_month = models.DateField("受領年月", null=True, blank=True)
    covers_fiscal_year = models.PositiveSmallIntegerField(
        "報告の対象年度（西暦）", null=True, blank=True
    )
    reason = models.CharField("未受領・該当なしの理由", max_length=500, blank=True)
    chase_date = models.DateField("次に照会する日", null=True, blank=True)

    class Meta:
        verbose_name = "財政状況の報告"
        verbose_name_plural = "財政状況の報告"
        ordering = ("contribution", "-fiscal_year")
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "fiscal_year"],
                name="financial_report_once_per_year",
                violation_error_message="この評価年度の報告は登録済みです。",
            ),
            models.CheckConstraint(
                name="financial_report_received_or_reasoned",
                condition=Q(
                    status=ReportStatus.RECEIVED,
                    received_month__isnull=False,
                )
                | (
                    Q(status__in=[ReportStatus.NOT_APPLICABLE, ReportStatus.NOT_RECEIVED])
                    & ~Q(reason="")
                ),
                violation_error_message=(
                    "受領済みなら受領年月を、未受領・該当なしならその理由を記入してください。"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year}年度評価 {self.get_status_display()}"

    def clean(self) -> None:
        """Set ``received_month`` to the first day of its month."""
        if self.received_month:
            self.received_month = self.received_month.replace(day=1)
        if (
            self.received_month
            and self.covers_fiscal_year
            and self.received_month.year < self.covers_fiscal_year
        ):
            raise ValidationError(
                {
                    "received_month": (
                        "報告の対象年度より前に受領しています。年月と年度を確かめてください。"
                    )
                }
            )
