"""A person's bulk steps, how far they have come, and the results that the person may read."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import Roles
from bulk_steps.enums import ResultStatus
from bulk_steps.models import BulkStep, BulkStepResult
from core.worker import PATIENCE, a_task_is_running
from evaluations.access.visibility import visible_to
from evaluations.access.whom_to_ask import administrators_in_words
from evaluations.models import Sheet

_DONE = Count("results", filter=Q(results__status=ResultStatus.DONE))
_REFUSED = Count("results", filter=Q(results__status=ResultStatus.REFUSED))


def bulk_steps_of(user: User) -> QuerySet[BulkStep]:
    """Return the bulk steps that ``user`` asked for, newest first, with the counts of results."""
    own = BulkStep.objects.filter(requested_by=user)
    counted = own.annotate(total=Count("results"), done=_DONE, refused=_REFUSED)
    return counted.order_by("-requested_at", "-pk")


@dataclass(frozen=True)
class Progress:
    """How far a bulk step has come. ``nobody_works``: no worker seems to be running."""

    total: int
    done: int
    refused: int
    nobody_works: bool = False
    administrators: str = ""

    @property
    def finished(self) -> int:
        """The number of sheets that have their result."""
        return self.done + self.refused

    @property
    def percent(self) -> int:
        """The share of them, in whole percent."""
        return 100 * self.finished // self.total if self.total else 100


def progress_of(bulk_step: BulkStep) -> Progress:
    """Return how far ``bulk_step`` has come. One query; up to three more while it waits."""
    counts = BulkStep.objects.filter(pk=bulk_step.pk).aggregate(
        total=Count("results"), done=_DONE, refused=_REFUSED
    )
    idle = bulk_step.is_unfinished and _nobody_works(bulk_step)
    return Progress(**counts, nobody_works=idle, administrators=_administrators(idle))


def _nobody_works(bulk_step: BulkStep) -> bool:
    now = timezone.now()
    if bulk_step.requested_at > now - PATIENCE:
        return False
    return not bulk_step.results.filter(claimed_until__gt=now).exists() and not a_task_is_running()


def _administrators(idle: bool) -> str:
    return administrators_in_words() if idle else ""


@dataclass(frozen=True)
class ResultRow:
    """A result as the page shows it.

    Where the person may no longer see the sheet, nothing is told of what it says.
    """

    result: BulkStepResult
    is_visible: bool


def rows_of(bulk_step: BulkStep, roles: Roles) -> list[ResultRow]:
    """Return the results in the order in which the sheets were chosen. Two queries."""
    sheets = ("sheet__edition", "sheet__contribution", "sheet__division")
    results = bulk_step.results.select_related(*sheets).defer("sheet__edition__content")
    ids = BulkStepResult.objects.filter(bulk_step=bulk_step).values("sheet")
    visible = set(Sheet.objects.filter(visible_to(roles), pk__in=ids).values_list("pk", flat=True))
    return [ResultRow(result, result.sheet_id in visible) for result in results]
