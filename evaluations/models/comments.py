"""Comments on an entry or on a passage of it, in threads."""

from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from core.append_only import AppendOnly, AppendOnlyQuerySet
from evaluations.enums import CLOSING, CommentAudience, CommentKind, Side
from evaluations.models.history import Revision
from evaluations.models.sheets import Sheet


class ThreadQuerySet(AppendOnlyQuerySet["CommentThread"]):
    """Threads. Whether one is open follows from its comments."""

    def unsettled(self) -> "ThreadQuerySet":
        """Return those that nobody has resolved or withdrawn."""
        closed = Comment.objects.filter(thread=OuterRef("pk"), kind__in=CLOSING)
        return self.filter(~Exists(closed))


class CommentThread(AppendOnly):
    """A thread of comments on an entry or on a passage of it. Append-only.

    ``base_text`` is the whole text of the entry when the thread was opened; ``start`` and ``end``
    are offsets in it, both 0 for the entry as a whole. The current place of the passage is
    computed from the current text (``texts.passages``).
    """

    sheet = models.ForeignKey(
        Sheet, models.PROTECT, related_name="comment_threads", verbose_name="シート"
    )
    key = models.CharField("項目", max_length=60)
    audience = models.CharField("見える範囲", max_length=20, choices=CommentAudience)
    is_blocking = models.BooleanField("解決するまで確定しない", default=False)
    opened_as = models.CharField("付けた側", max_length=20, choices=Side)
    base_text = models.TextField("当時の文章", blank=True)
    start = models.PositiveIntegerField("語句の始め", default=0)
    end = models.PositiveIntegerField("語句の終わり", default=0)
    revision = models.ForeignKey(
        Revision, models.PROTECT, related_name="+", verbose_name="当時の改訂", null=True
    )

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = "コメント"
        verbose_name_plural = "コメント"
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="comment_thread_words_known",
                condition=Q(audience__in=sorted(CommentAudience.values))
                & Q(opened_as__in=sorted(Side.values)),
            ),
            models.CheckConstraint(
                name="comment_thread_blocks_only_in_sight_of_the_division",
                condition=Q(is_blocking=False)
                | Q(audience=CommentAudience.DIVISION, opened_as=Side.REVIEWERS),
                violation_error_message=(
                    "確定を止められるのは、担当課室にも見える審査担当のコメントだけです。"
                ),
            ),
            models.CheckConstraint(
                name="comment_thread_for_reviewers_is_by_reviewers",
                condition=Q(audience=CommentAudience.DIVISION) | Q(opened_as=Side.REVIEWERS),
            ),
            models.CheckConstraint(
                name="comment_thread_passage_in_order", condition=Q(start__lte=F("end"))
            ),
        ]
        indexes = [models.Index(fields=["sheet", "key"])]

    def __str__(self) -> str:
        return f"{self.key} {self.get_audience_display()}"

    @property
    def quote(self) -> str:
        """The words commented on, as they stood; "" for the entry as a whole."""
        return self.base_text[self.start : self.end]

    @cached_property
    def remarks(self) -> list["Comment"]:
        """The comments, in order. One query unless prefetched."""
        return list(self.comments.all())

    @property
    def opening(self) -> "Comment":
        """The first comment of the thread."""
        return self.remarks[0]

    @property
    def closing(self) -> "Comment | None":
        """The comment that resolved or withdrew the thread, or None while it is open."""
        return next((each for each in self.remarks if each.kind in CLOSING), None)

    @property
    def is_addressed(self) -> bool:
        """Whether the last comment is the division's, saying that it was dealt with."""
        return self.remarks[-1].kind == CommentKind.ADDRESSED


class CommentQuerySet(AppendOnlyQuerySet["Comment"]):
    """Comments. Append-only."""


class Comment(AppendOnly):
    """A comment in a thread, with the author's roles at the time."""

    thread = models.ForeignKey(
        CommentThread, models.PROTECT, related_name="comments", verbose_name="コメント"
    )
    kind = models.CharField("種類", max_length=20, choices=CommentKind)
    text = models.TextField("本文", blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="発言者"
    )
    role = models.CharField("役割（当時）", max_length=300)
    at = models.DateTimeField("日時", auto_now_add=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = "発言"
        verbose_name_plural = "発言"
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="comment_kind_known", condition=Q(kind__in=sorted(CommentKind.values))
            ),
            models.CheckConstraint(
                name="comment_says_something",
                condition=~Q(kind__in=[CommentKind.ANSWER, CommentKind.OPENING]) | ~Q(text=""),
            ),
            models.UniqueConstraint(
                fields=["thread"],
                condition=Q(kind=CommentKind.OPENING),
                name="comment_thread_opened_once",
            ),
            models.UniqueConstraint(
                fields=["thread"],
                condition=Q(kind__in=sorted(CLOSING)),
                name="comment_thread_closed_once",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
