"""評価の年度: a year's evaluation, its edition, its period and its deadlines."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from editions.models import Edition


class Cycle(models.Model):
    """One year's evaluation. Opened by ``domain.cycles.open_cycle``."""

    fiscal_year = models.PositiveSmallIntegerField("年度（西暦）", unique=True)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="cycles", verbose_name="様式")
    evaluation_period_start = models.DateField("評価対象期間の始め", null=True, blank=True)
    evaluation_period_end = models.DateField("評価対象期間の終わり", null=True, blank=True)
    submission_deadline = models.DateField("課室からの提出期限", null=True, blank=True)
    review_deadline = models.DateField("審査の期限", null=True, blank=True)
    publication_date = models.DateField("公表予定日", null=True, blank=True)
    opened_at = models.DateTimeField("開始日時", auto_now_add=True)

    class Meta:
        verbose_name = "評価年度"
        verbose_name_plural = "評価年度"
        ordering = ("-fiscal_year",)
        constraints = [
            models.CheckConstraint(
                name="cycle_period_in_order",
                condition=Q(evaluation_period_start=None)
                | Q(evaluation_period_end=None)
                | Q(evaluation_period_end__gte=F("evaluation_period_start")),
                violation_error_message="評価対象期間の終わりは始め以後にしてください。",
            ),
            models.CheckConstraint(
                name="cycle_deadlines_in_order",
                condition=Q(submission_deadline=None)
                | Q(review_deadline=None)
                | Q(review_deadline__gte=F("submission_deadline")),
                violation_error_message="審査の期限は課室からの提出期限以後にしてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition.year_label}評価"

    def clean(self) -> None:
        """Refuse a year for which the edition was not made: sheets would have the wrong title."""
        if self.edition_id and self.fiscal_year is not None:
            year = self.edition.definition.fiscal_year
            if self.fiscal_year != year:
                raise ValidationError(
                    {
                        "fiscal_year": f"「{self.edition}」は{year}年度の様式です。"
                        f"{year}としてください。"
                    }
                )

    @property
    def figures_until(self) -> date:
        """The last day whose figures belong to this year: the period's end, else the year's."""
        return self.evaluation_period_end or date(self.fiscal_year + 1, 3, 31)
