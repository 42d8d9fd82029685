"""What is known to be asked for of many sheets, fetched for all of them at once."""

from collections.abc import Sequence

from django.db.models import prefetch_related_objects

from evaluations.models import Sheet

_ASKED_FOR = (
    "authorships",
    "criterion_grades",
    "finding_answers",
    "improvement_answers",
    "improvement_points",
    "contribution__amounts",
    "contribution__financial_reports",
    "contribution__organization__staffing_snapshots",
)


def fetch_ahead(sheets: Sequence[Sheet]) -> None:
    """Fetch what the checks and guards ask of each of ``sheets``, so that they ask no more.

    One query for each kind of thing. What is fetched stands still: for reading, never in a verb.
    """
    prefetch_related_objects(sheets, *_ASKED_FOR)
