"""Yearly budget amounts (予算額)."""

from django.db import models

from audit.models import ChildRecord
from contributions.enums import AmountKind
from contributions.models.contribution import Contribution


class YearlyAmount(ChildRecord):
    """The budget of one contribution in one fiscal year, in 千円 (thousand yen)."""

    PARENT = "contribution"
    POSITION_FIELDS = ("contribution_id", "fiscal_year")

    contribution = models.ForeignKey(
        Contribution, models.PROTECT, related_name="amounts", verbose_name="分担金・拠出金"
    )
    fiscal_year = models.PositiveSmallIntegerField("年度（西暦）")
    kind = models.CharField("区分", max_length=20, choices=AmountKind, default=AmountKind.INITIAL)
    budget_amount_thousand_yen = models.PositiveBigIntegerField("予算額（千円）")

    class Meta:
        verbose_name = "年度予算額"
        verbose_name_plural = "年度予算額"
        ordering = ("contribution", "-fiscal_year", "kind")
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "fiscal_year", "kind"],
                name="amount_once_per_year_and_kind",
                violation_error_message=(
                    "この年度・区分の予算額は登録済みです。登録済みの額を直してください。"
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year}年度 {self.get_kind_display()}"
