"""Prefetching of what checks, guards and printing read of sheets."""

from collections.abc import Sequence

from django.db.models import prefetch_related_objects

from evaluations.models import Sheet

_REGISTER = (
    "contribution__amounts",
    "contribution__financial_reports",
    "contribution__organization__staffing_snapshots",
)
_ASKED_FOR = (
    "authorships",
    "criterion_grades",
    "finding_answers",
    "improvement_answers",
    "improvement_points",
    *_REGISTER,
)


def fetch_ahead(sheets: Sequence[Sheet]) -> None:
    """Prefetch what the checks and guards read of each of ``sheets``. One query per relation.

    Prefetched values become stale: use this for reading, never in a verb.
    """
    prefetch_related_objects(sheets, *_ASKED_FOR)


def fetch_register(sheet: Sheet) -> None:
    """Prefetch the register figures of ``sheet`` and of its earlier years.

    Three queries; none for a decided sheet, whose content is in its revision.
    """
    if not sheet.is_final:
        prefetch_related_objects([sheet], *_REGISTER)
