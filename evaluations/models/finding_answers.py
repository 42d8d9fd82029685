"""Answers of divisions to warnings of the checks."""

from django.conf import settings
from django.db import models

from evaluations.models.sheets import Sheet


class FindingAnswer(models.Model):
    """The answer to one warning of one sheet, kept under the finding's own key.

    The key depends on the quoted words: once they change, the warning needs a new answer.
    """

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="finding_answers")
    finding = models.CharField("指摘", max_length=16)
    rule = models.CharField("規則", max_length=10)
    message = models.TextField("指摘の文")
    answer = models.TextField("回答")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="回答者"
    )
    answered_at = models.DateTimeField("回答日時", auto_now=True)

    class Meta:
        verbose_name = "指摘への回答"
        verbose_name_plural = "指摘への回答"
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "finding"], name="finding_answered_once_per_sheet"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.finding}"
