"""What the sheets of earlier years say, under this year's keys."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from evaluations.content import CriterionJudgement, SheetContent
from evaluations.editions.definition import Definition
from evaluations.models import Sheet
from evaluations.queries.content import content_of


@dataclass(frozen=True)
class EarlierSheet:
    """The contribution's newest sheet of an earlier year.

    ``sheet`` is where it stands; ``content``: what it says, its texts and criteria's grades by
    this edition's keys; ``grades``: (fiscal year, overall grade) of that year and all before it.
    """

    sheet: Sheet
    year_label: str
    content: SheetContent
    grades: tuple[tuple[int, str], ...]


def earlier_sheets(sheet: Sheet) -> QuerySet[Sheet]:
    """Return the contribution's sheets of the years before ``sheet``, newest first."""
    return (
        Sheet.objects.filter(
            contribution=sheet.contribution_id, cycle__fiscal_year__lt=sheet.cycle.fiscal_year
        )
        .select_related("cycle__edition", "edition", "division", "contribution__organization")
        .order_by("-cycle__fiscal_year")
    )


def earlier_sheet(sheet: Sheet) -> EarlierSheet | None:
    """Return the sheet before ``sheet``, or None for a contribution's first.

    One query where there is none, else those of ``content_of`` besides.
    """
    earlier = list(earlier_sheets(sheet))
    if not earlier:
        return None
    content = content_of(earlier[0])
    return EarlierSheet(
        earlier[0],
        earlier[0].edition.year_label,
        replace(
            content,
            texts=by_lineage(sheet.edition.definition, content.texts),
            criterion_grades=_grades_by_lineage(sheet.edition.definition, content),
        ),
        tuple((each.cycle.fiscal_year, each.overall_grade) for each in earlier),
    )


def by_lineage(definition: Definition, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of another edition under the keys of ``definition``; "" where none is."""
    return {
        item.key: next((texts[key] for key in (item.key, *item.lineage) if texts.get(key)), "")
        for item in definition.text_items
    }


def _grades_by_lineage(
    definition: Definition, content: SheetContent
) -> dict[str, CriterionJudgement]:
    """Return the grades of single criteria under the keys of ``definition``."""
    known = content.criterion_grades
    found = {
        item.key: next((known[key] for key in (item.key, *item.lineage) if key in known), None)
        for item in definition.graded_criteria
    }
    return {key: judged for key, judged in found.items() if judged}
