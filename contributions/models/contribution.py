"""Contributions (分担金・拠出金)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from accounts.models import Division
from contributions.enums import ContributionType, Earmarking
from contributions.models.organization import Organization
from core.names import refuse_second_spelling


class ContributionQuerySet(models.QuerySet["Contribution"]):
    """Contributions by year."""

    def active_in(self, fiscal_year: int) -> "ContributionQuerySet":
        """Return the contributions paid in ``fiscal_year`` (the Western year of its April)."""
        return self.filter(
            Q(first_fiscal_year=None) | Q(first_fiscal_year__lte=fiscal_year),
            Q(last_fiscal_year=None) | Q(last_fiscal_year__gte=fiscal_year),
        )


class Contribution(models.Model):
    """A contribution to an organisation, evaluated on one sheet each year."""

    name = models.CharField(
        "分担金・拠出金名",
        max_length=300,
        unique=True,
        help_text="「機関名（略称）拠出金（事業名）」の形で、印字するとおりに記入します。",
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="contributions", verbose_name="拠出先国際機関等"
    )
    contribution_type = models.CharField("種別", max_length=20, choices=ContributionType)
    earmarking = models.CharField(
        "使途の指定",
        max_length=20,
        choices=Earmarking,
        blank=True,
        help_text="分からないときは空のままにします。",
    )
    responsible_division = models.ForeignKey(
        Division, models.PROTECT, related_name="contributions", verbose_name="担当課室"
    )
    first_fiscal_year = models.PositiveSmallIntegerField(
        "開始年度", null=True, blank=True, help_text="西暦。分からないときは空のままにします。"
    )
    last_fiscal_year = models.PositiveSmallIntegerField(
        "終了年度", null=True, blank=True, help_text="西暦。続いているときは空のままにします。"
    )

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = "分担金・拠出金"
        verbose_name_plural = "分担金・拠出金"
        ordering = ("organization__name_kana", "organization__name_ja", "name")
        constraints = [
            models.CheckConstraint(
                name="contribution_years_in_order",
                condition=Q(first_fiscal_year=None)
                | Q(last_fiscal_year=None)
                | Q(last_fiscal_year__gte=F("first_fiscal_year")),
                violation_error_message="終了年度は開始年度以後にしてください。",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse another spelling of an existing name, and a division that has ended.

        Nobody would evaluate a contribution of an ended division.
        """
        refuse_second_spelling(self, "name")
        if self.responsible_division_id and self.responsible_division.has_ended:
            last = f"{self.responsible_division.valid_until:%Y年%-m月%-d日}"
            raise ValidationError(
                {
                    "responsible_division": f"{self.responsible_division}は{last}に終わりました。"
                    "今ある課室を選んでください。"
                }
            )

    @property
    def facts(self) -> dict[str, str]:
        """Return the values that an edition's ``applies_when`` may test."""
        return {"contribution_type": self.contribution_type, "earmarking": self.earmarking}
