"""What is known to be asked for of many sheets, fetched for all of them at once."""

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
    """Fetch what the checks and guards ask of each of ``sheets``, so that they ask no more.

    One query for each kind of thing. What is fetched stands still: for reading, never in a verb.
    """
    prefetch_related_objects(sheets, *_ASKED_FOR)


def fetch_register(sheet: Sheet) -> None:
    """Fetch the figures of the register that ``sheet`` shows, and its earlier years with it.

    Three queries; none for a decided sheet, which speaks from its revision.
    """
    if not sheet.is_final:
        prefetch_related_objects([sheet], *_REGISTER)
