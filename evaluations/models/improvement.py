"""改善点: improvement points raised with a grade, and the answers of later years."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Division
from evaluations.enums import AnswerStatus
from evaluations.models.sheets import Sheet


class ImprovementPoint(models.Model):
    """A point to be improved, with its owner and due date. Raised by a reviewer with the grade.

    ``key`` is the item of the form that it is about, empty for the sheet as a whole.
    """

    sheet = models.ForeignKey(
        Sheet, models.CASCADE, related_name="improvement_points", verbose_name="評価シート"
    )
    number = models.PositiveSmallIntegerField("番号")
    text = models.TextField("改善を要する点")
    key = models.CharField("項目", max_length=60, blank=True)
    owner_division = models.ForeignKey(
        Division, models.PROTECT, related_name="improvement_points", verbose_name="担当課室"
    )
    owner = models.CharField("担当者・担当班", max_length=100, blank=True)
    due_date = models.DateField("期限")
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="指摘した人"
    )
    role = models.CharField("役割（当時）", max_length=300)
    raised_at = models.DateTimeField("指摘した日時", auto_now_add=True)

    class Meta:
        verbose_name = "改善点"
        verbose_name_plural = "改善点"
        ordering = ("sheet", "number")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "number"], name="improvement_point_numbered_once"
            ),
            models.CheckConstraint(
                name="improvement_point_says_something",
                condition=~Q(text=""),
                violation_error_message="改善を要する点を記入してください。",
            ),
        ]
        indexes = [models.Index(fields=["due_date"])]

    def __str__(self) -> str:
        return f"改善点{self.number}"


class ImprovementAnswer(models.Model):
    """The answer on a later year's sheet: what was done about a point.

    ``version`` counts the changes from 1; ``domain.improvement.answer_point`` compares it.
    """

    point = models.ForeignKey(
        ImprovementPoint, models.PROTECT, related_name="answers", verbose_name="改善点"
    )
    sheet = models.ForeignKey(
        Sheet, models.CASCADE, related_name="improvement_answers", verbose_name="回答したシート"
    )
    status = models.CharField("状況", max_length=10, choices=AnswerStatus)
    text = models.TextField("行ったこと")
    version = models.PositiveIntegerField("版", default=1)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="回答者"
    )
    answered_at = models.DateTimeField("回答日時", auto_now=True)

    class Meta:
        verbose_name = "改善点への回答"
        verbose_name_plural = "改善点への回答"
        constraints = [
            models.UniqueConstraint(
                fields=["point", "sheet"], name="improvement_answered_once_per_sheet"
            ),
            models.CheckConstraint(
                name="improvement_answer_status_known",
                condition=Q(status__in=sorted(AnswerStatus.values)),
            ),
            models.CheckConstraint(
                name="improvement_answer_says_something",
                condition=~Q(text=""),
                violation_error_message="行ったことを記入してください。",
            ),
        ]

    def __str__(self) -> str:
        return self.get_status_display()
