"""評価シート: one contribution in one year."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Division
from contributions.models import Contribution
from editions.models import Edition
from evaluations.enums import DECIDED, State
from evaluations.models.cycles import Cycle


def _stamp(label: str) -> models.DateTimeField:
    return models.DateTimeField(f"{label}日時", null=True, blank=True, editable=False)


def _stamped_by(label: str) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=f"{label}者",
        null=True,
        blank=True,
        editable=False,
    )


# The states after each step.
_SUBMITTED = (State.DIVISION_CHECK, State.REVIEW, State.APPROVED, State.PUBLISHED)
_CONFIRMED = _SUBMITTED[1:]
_APPROVED = _SUBMITTED[2:]


def _needs(*states: State, **stamps: bool) -> Q:
    """Return the condition that a sheet in one of ``states`` has these timestamps."""
    return ~Q(state__in=sorted(states)) | Q(**stamps)


class Sheet(models.Model):
    """A sheet. Only the workflow writes its state, its timestamps and its ``version``."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="sheets", verbose_name="年度")
    contribution = models.ForeignKey(
        Contribution, models.PROTECT, related_name="sheets", verbose_name="分担金・拠出金"
    )
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="sheets", verbose_name="様式")
    # The division as of this year: the contribution may pass to another one later.
    division = models.ForeignKey(
        Division, models.PROTECT, related_name="sheets", verbose_name="担当課室"
    )
    state = models.CharField("状態", max_length=20, choices=State, default=State.DRAFT)
    state_since = models.DateTimeField("この状態になった日時", auto_now_add=True)
    version = models.PositiveIntegerField("版", default=1)

    overall_grade = models.CharField("総合評価", max_length=10, blank=True)
    overall_grade_reason = models.TextField("評価の理由", blank=True)
    graded_at = _stamp("評価")
    graded_by = _stamped_by("評価")

    submitted_at = _stamp("提出")
    submitted_by = _stamped_by("提出")
    confirmed_at = _stamp("確認")
    confirmed_by = _stamped_by("確認")
    approved_at = _stamp("確定")
    approved_by = _stamped_by("確定")
    published_at = _stamp("公表")

    # As approved last: the register may be renamed afterwards.
    approved_name = models.CharField(editable=False, max_length=300, blank=True)
    approved_division = models.CharField(editable=False, max_length=100, blank=True)

    # Its names folded for search (text.searchable), as each entry folds its own text; kept by
    # domain.entries.
    search_text = models.TextField(editable=False, blank=True)

    class Meta:
        verbose_name = "評価シート"
        verbose_name_plural = "評価シート"
        ordering = ("-cycle__fiscal_year", "contribution__organization__name_kana", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "contribution"],
                name="sheet_once_per_cycle_and_contribution",
                violation_error_message="この年度のシートは作成済みです。",
            ),
            models.CheckConstraint(
                name="sheet_state_known", condition=Q(state__in=sorted(State.values))
            ),
            models.CheckConstraint(
                name="sheet_submitted_has_submitter",
                condition=_needs(
                    *_SUBMITTED, submitted_at__isnull=False, submitted_by__isnull=False
                ),
            ),
            models.CheckConstraint(
                name="sheet_in_review_has_confirmer",
                condition=_needs(
                    *_CONFIRMED, confirmed_at__isnull=False, confirmed_by__isnull=False
                ),
            ),
            models.CheckConstraint(
                name="sheet_approved_has_approver",
                condition=_needs(*_APPROVED, approved_at__isnull=False, approved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="sheet_published_has_date",
                condition=_needs(State.PUBLISHED, published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="sheet_approver_is_not_submitter",
                condition=Q(approved_by=None)
                | (
                    ~Q(approved_by=models.F("submitted_by"))
                    & ~Q(approved_by=models.F("confirmed_by"))
                ),
            ),
        ]
        indexes = [models.Index(fields=["state", "division"])]

    def __str__(self) -> str:
        return f"{self.edition.year_label} {self.name}"

    @property
    def name(self) -> str:
        """The contribution's name: as approved for a decided sheet, else the register's."""
        return (self.is_final and self.approved_name) or self.contribution.name

    @property
    def division_name(self) -> str:
        """The division's name: as approved for a decided sheet, else the register's."""
        return (self.is_final and self.approved_division) or self.division.name

    @property
    def public_name(self) -> str:
        """The contribution's name as approved last, also while the sheet is corrected."""
        return self.approved_name or self.contribution.name

    @property
    def public_division(self) -> str:
        """The division's name as approved last, also while the sheet is corrected."""
        return self.approved_division or self.division.name

    @property
    def answering_division(self) -> Division:
        """The division that works on the sheet now: its own while that exists.

        After that, the present division of the contribution. The sheet prints its own division.
        """
        if self.division.has_ended:
            return self.contribution.responsible_division
        return self.division

    @property
    def is_final(self) -> bool:
        """Whether the sheet is decided, so that its stored PDF is the valid one."""
        return self.state in DECIDED
