"""The content of earlier years' sheets, under this year's item keys."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from editions.definition import Definition
from evaluations.access.grades import on_paper
from evaluations.content import CriterionJudgement, SheetContent, from_json
from evaluations.enums import Action
from evaluations.models import Sheet
from evaluations.queries.content import content_of, newest_revisions

_SHOWN = ("cycle__edition", "edition", "division", "contribution__organization")


@dataclass(frozen=True)
class EarlierSheet:
    """The contribution's newest sheet of an earlier year.

    ``sheet`` is where it stands; ``content``: what it says, its texts and criteria's grades by
    this edition's keys; ``grades``: (fiscal year, overall grade) of that year and all before it.
    What is not decided has no grades.
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
        .select_related(*_SHOWN)
        .order_by("-cycle__fiscal_year")
    )


def earlier_sheet(sheet: Sheet) -> EarlierSheet | None:
    """Return the sheet before ``sheet``, or None for a contribution's first.

    One query where there is none, else those of ``content_of`` besides, but for what
    ``fetch_register`` has fetched.
    """
    earlier = list(earlier_sheets(sheet))
    if not earlier:
        return None
    # The same contribution, whose register figures may have been prefetched.
    earlier[0].contribution = sheet.contribution
    return _beside(sheet, earlier, content_of(earlier[0]))


def earlier_sheets_of(sheets: Iterable[Sheet]) -> dict[int, EarlierSheet]:
    """Return ``earlier_sheet`` of each of ``sheets`` that has one, by id.

    Two queries, and those of ``content_of`` for one that is not decided.
    """
    known: dict[int, list[Sheet]] = defaultdict(list)
    contributions = {sheet.contribution_id for sheet in sheets}
    of_all_years = Sheet.objects.filter(contribution__in=contributions).select_related(*_SHOWN)
    for each in of_all_years.order_by("-cycle__fiscal_year"):
        known[each.contribution_id].append(each)
    before = {
        sheet: [e for e in known[sheet.contribution_id] if _year(e) < _year(sheet)]
        for sheet in sheets
    }
    decided = [earlier[0] for earlier in before.values() if earlier and earlier[0].is_final]
    approved = newest_revisions([each.pk for each in decided], Action.APPROVE) if decided else {}
    found = {}
    for sheet, earlier in before.items():
        if earlier:
            revision = approved.get(earlier[0].pk)
            content = (
                from_json(revision.content, earlier[0].edition.definition)
                if revision
                else content_of(earlier[0])
            )
            found[sheet.pk] = _beside(sheet, earlier, content)
    return found


def _year(sheet: Sheet) -> int:
    return sheet.cycle.fiscal_year


def _beside(sheet: Sheet, earlier: Sequence[Sheet], content: SheetContent) -> EarlierSheet:
    """Return the first of ``earlier``, with its ``content``, under the keys of ``sheet``."""
    definition = sheet.edition.definition
    content = on_paper(earlier[0], content)
    return EarlierSheet(
        earlier[0],
        earlier[0].edition.year_label,
        replace(
            content,
            texts=by_lineage(definition, content.texts),
            criterion_grades=_grades_by_lineage(definition, content),
        ),
        tuple((_year(each), each.overall_grade) for each in earlier if each.is_final),
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
