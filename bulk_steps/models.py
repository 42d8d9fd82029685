"""Bulk steps (まとめて行う操作), and their results, one for each sheet."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from bulk_steps.enums import ResultStatus
from evaluations.enums import Action
from evaluations.models import Sheet


class BulkStep(models.Model):
    """One step of the workflow that a person takes with many sheets, with one comment for all."""

    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="bulk_steps", verbose_name="依頼者"
    )
    requested_at = models.DateTimeField("依頼日時", auto_now_add=True)
    action = models.CharField("操作", max_length=20, choices=Action)
    comment = models.TextField("理由・連絡事項", blank=True)
    # Set once every sheet has its result.
    finished_at = models.DateTimeField("終了日時", null=True)

    class Meta:
        verbose_name = "まとめて行う操作"
        verbose_name_plural = "まとめて行う操作"
        ordering = ("-requested_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="bulk_step_action_known", condition=Q(action__in=sorted(Action.values))
            ),
        ]
        indexes = [models.Index(fields=["finished_at"])]

    def __str__(self) -> str:
        return f"まとめて「{self.get_action_display()}」"

    @property
    def is_unfinished(self) -> bool:
        """Whether a sheet waits for its result."""
        return self.finished_at is None


class BulkStepResult(models.Model):
    """What became of one sheet: waiting, done, or refused with the reason.

    ``version`` and ``shown`` are what the person's page showed of the sheet. A worker claims the
    sheet until ``claimed_until``; after that another worker may take over.
    """

    bulk_step = models.ForeignKey(BulkStep, models.CASCADE, related_name="results")
    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="+", verbose_name="シート")
    version = models.PositiveIntegerField("見た版")
    # A signed token of the content, without its text: evaluations/workflow/shown.py.
    shown = models.TextField("見た内容", blank=True)
    claimed_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField("着手の回数", default=0)

    status = models.CharField(
        "結果", max_length=10, choices=ResultStatus, default=ResultStatus.WAITING
    )
    message = models.TextField("説明", blank=True)
    # What has to be mended first, or has changed since it was shown: sentences.
    reasons = models.JSONField("理由", default=list)

    class Meta:
        verbose_name = "シートごとの結果"
        verbose_name_plural = "シートごとの結果"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["bulk_step", "sheet"], name="bulk_step_result_once_per_sheet"
            ),
            models.CheckConstraint(
                name="bulk_step_result_status_known",
                condition=Q(status__in=sorted(ResultStatus.values)),
            ),
            models.CheckConstraint(
                name="bulk_step_result_says_why",
                condition=~Q(status=ResultStatus.REFUSED) | ~Q(message=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}：{self.get_status_display()}"

    @property
    def is_done(self) -> bool:
        """Whether the step was taken with the sheet."""
        return self.status == ResultStatus.DONE
