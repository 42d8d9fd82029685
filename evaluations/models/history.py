"""The history of a sheet: its authors, transitions and revisions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.append_only import AppendOnly, AppendOnlyQuerySet
from evaluations.enums import Action, State
from evaluations.models.sheets import Sheet

COMMENT_REQUIRED = (
    Action.RETURN,
    Action.REOPEN,
    Action.EXCLUDE,
    Action.INCLUDE,
    Action.UNDO_RETURN,
    Action.UNDO_APPROVE,
)


class Authorship(models.Model):
    """A person who has written in a sheet, and so may not approve it."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="authorships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = models.DateTimeField("最初の記入日時", auto_now_add=True)

    class Meta:
        verbose_name = "執筆者"
        verbose_name_plural = "執筆者"
        constraints = [
            models.UniqueConstraint(fields=["sheet", "user"], name="authorship_once_per_sheet")
        ]

    def __str__(self) -> str:
        return str(self.user)


class Revision(AppendOnly):
    """The content of a sheet at a step of the workflow, derived values included. Append-only."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField("番号")
    occasion = models.CharField("契機", max_length=20)
    content = models.JSONField("内容")
    sha256 = models.CharField("SHA-256", max_length=64)
    # To compare revisions item by item without reading their content. The grade is left out.
    item_hashes = models.JSONField("項目ごとのハッシュ", default=dict)
    # Set before the row is stored: the official PDF shows it, and is rendered first.
    created_at = models.DateTimeField("作成日時", default=timezone.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = AppendOnlyQuerySet["Revision"].as_manager()

    class Meta:
        verbose_name = "改訂"
        verbose_name_plural = "改訂"
        ordering = ("sheet", "-number")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="revision_numbered_once")
        ]

    def __str__(self) -> str:
        return f"第{self.number}版"


class Transition(AppendOnly):
    """A step of the workflow: the states, the actor and their roles then, and why. Append-only."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="transitions")
    action = models.CharField("行為", max_length=20, choices=Action)
    from_state = models.CharField("前の状態", max_length=20, choices=State)
    to_state = models.CharField("後の状態", max_length=20, choices=State)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="行為者"
    )
    role = models.CharField("役割（当時）", max_length=300)
    comment = models.TextField("理由・連絡", blank=True)
    revision = models.ForeignKey(
        Revision, models.PROTECT, related_name="+", verbose_name="改訂", null=True, blank=True
    )
    at = models.DateTimeField("日時", auto_now_add=True)

    objects = AppendOnlyQuerySet["Transition"].as_manager()

    class Meta:
        verbose_name = "経過"
        verbose_name_plural = "経過"
        ordering = ("-at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="transition_reasoned_where_required",
                condition=~Q(action__in=sorted(COMMENT_REQUIRED)) | ~Q(comment=""),
                violation_error_message="理由を記入してください。",
            )
        ]

    def __str__(self) -> str:
        return self.get_action_display()
