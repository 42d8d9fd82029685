"""Suggested wordings of an entry, and the decisions on them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.append_only import AppendOnly, AppendOnlyQuerySet
from evaluations.enums import Outcome, Side
from evaluations.models.history import Revision
from evaluations.models.sheets import Sheet


class SuggestionQuerySet(AppendOnlyQuerySet["Suggestion"]):
    """Suggestions. Whether one is open follows from its decision."""

    def undecided(self) -> "SuggestionQuerySet":
        """Return those that nobody has accepted, rejected or withdrawn."""
        return self.filter(decision=None)


class Suggestion(AppendOnly):
    """A text suggested to replace ``base_text``, the whole text of the entry then. Append-only."""

    sheet = models.ForeignKey(
        Sheet, models.PROTECT, related_name="suggestions", verbose_name="シート"
    )
    key = models.CharField("項目", max_length=60)
    base_text = models.TextField("当時の文章", blank=True)
    base_version = models.PositiveIntegerField("当時の版")
    text = models.TextField("修正案", blank=True)
    reason = models.TextField("理由", blank=True)
    made_as = models.CharField("示した側", max_length=20, choices=Side)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提案者"
    )
    role = models.CharField("役割（当時）", max_length=300)
    made_at = models.DateTimeField("日時", auto_now_add=True)
    revision = models.ForeignKey(
        Revision, models.PROTECT, related_name="+", verbose_name="当時の改訂", null=True
    )

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = "修正案"
        verbose_name_plural = "修正案"
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="suggestion_side_known", condition=Q(made_as__in=sorted(Side.values))
            ),
            models.CheckConstraint(
                name="suggestion_changes_something", condition=~Q(text=F("base_text"))
            ),
        ]
        indexes = [models.Index(fields=["sheet", "key"])]

    def __str__(self) -> str:
        return f"{self.key} {self.made_by}"

    @property
    def outcome(self) -> "SuggestionDecision | None":
        """The decision, or None while the suggestion is open."""
        return getattr(self, "decision", None)


class DecisionQuerySet(AppendOnlyQuerySet["SuggestionDecision"]):
    """Decisions. Append-only."""


class SuggestionDecision(AppendOnly):
    """The one decision on a suggestion. ``entry_version``: the version that holds what was taken.

    ``taken`` and ``offered`` count the changes of the suggestion.
    """

    suggestion = models.OneToOneField(
        Suggestion, models.PROTECT, related_name="decision", verbose_name="修正案"
    )
    outcome = models.CharField("結果", max_length=20, choices=Outcome)
    note = models.TextField("理由・連絡", blank=True)
    taken = models.PositiveIntegerField("採り入れた箇所", default=0)
    offered = models.PositiveIntegerField("示された箇所", default=0)
    entry_version = models.PositiveIntegerField("採り入れた後の版", null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="決めた人"
    )
    role = models.CharField("役割（当時）", max_length=300)
    decided_at = models.DateTimeField("日時", auto_now_add=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "修正案への決定"
        verbose_name_plural = "修正案への決定"
        constraints = [
            models.CheckConstraint(
                name="suggestion_outcome_known", condition=Q(outcome__in=sorted(Outcome.values))
            ),
            models.CheckConstraint(
                name="suggestion_rejected_with_reason",
                condition=~Q(outcome=Outcome.REJECTED) | ~Q(note=""),
                violation_error_message="採り入れない理由を記入してください。",
            ),
            models.CheckConstraint(
                name="suggestion_taken_into_a_version",
                condition=~Q(outcome__in=[Outcome.ACCEPTED, Outcome.PARTLY])
                | Q(entry_version__isnull=False, taken__gt=0, taken__lte=F("offered")),
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()
