"""What the sheet of an earlier year says, under this year's keys."""

from collections.abc import Mapping
from dataclasses import dataclass

from evaluations.editions.definition import Definition
from evaluations.models import Sheet
from evaluations.queries.content import entries_of


@dataclass(frozen=True)
class EarlierSheet:
    """The contribution's newest sheet of an earlier year; ``texts`` by this edition's keys."""

    sheet: Sheet
    year_label: str
    texts: Mapping[str, str]


def earlier_sheet(sheet: Sheet) -> EarlierSheet | None:
    """Return the sheet before ``sheet``, or None for a contribution's first. Four queries."""
    earlier = (
        Sheet.objects.filter(
            contribution=sheet.contribution_id, cycle__fiscal_year__lt=sheet.cycle.fiscal_year
        )
        .select_related("cycle", "edition", "division", "contribution__organization")
        .order_by("-cycle__fiscal_year")
        .first()
    )
    if earlier is None:
        return None
    texts = {key: entry.text for key, entry in entries_of(earlier).items()}
    return EarlierSheet(
        earlier,
        earlier.edition.definition.year_label,
        by_lineage(sheet.edition.definition, texts),
    )


def by_lineage(definition: Definition, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of another edition under the keys of ``definition``; "" where none is."""
    return {
        item.key: next((texts[key] for key in (item.key, *item.lineage) if texts.get(key)), "")
        for item in definition.text_items
    }
