"""Grades of single criteria, and second readings."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from evaluations.models.sheets import Sheet


class CriterionGrade(models.Model):
    """基準別評価: the grade of one criterion with its reason, where the form asks for one.

    ``ungraded_reason`` is the form's code for a criterion that is left without a grade.
    """

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="criterion_grades")
    key = models.CharField("評価基準", max_length=60)
    grade = models.CharField("評定", max_length=10, blank=True)
    ungraded_reason = models.CharField("評定を付けない事由", max_length=60, blank=True)
    reason = models.TextField("理由")

    class Meta:
        verbose_name = "基準別評価"
        verbose_name_plural = "基準別評価"
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "key"], name="criterion_graded_once_per_sheet"
            ),
            models.CheckConstraint(
                name="criterion_graded_or_said_why_not",
                condition=Q(grade="", ungraded_reason__gt="") | Q(grade__gt="", ungraded_reason=""),
                violation_error_message="評定か、評定を付けない事由のどちらか一つを選んでください。",
            ),
            models.CheckConstraint(
                name="criterion_grade_has_reason",
                condition=~Q(reason=""),
                violation_error_message="理由を記入してください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.grade or self.ungraded_reason}"


class SecondReading(models.Model):
    """The grade another reviewer would give, and why. It never replaces the grade."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="second_readings")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="第二読者"
    )
    role = models.CharField("役割（当時）", max_length=300)
    grade = models.CharField("総合評価", max_length=10)
    reason = models.TextField("評価の理由")
    read_at = models.DateTimeField("日時", auto_now=True)

    class Meta:
        verbose_name = "第二読者の評価"
        verbose_name_plural = "第二読者の評価"
        ordering = ("read_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "reader"], name="second_reading_once_per_reader"
            ),
            models.CheckConstraint(
                name="second_reading_has_grade_and_reason",
                condition=~Q(grade="") & ~Q(reason=""),
                violation_error_message="評価とその理由を記入してください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader} {self.grade}"
