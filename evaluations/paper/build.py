"""Building the ``PrintDocument`` of a sheet or revision."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from editions.definition import Definition, Item, Section, applicable_items
from editions.enums import ItemKind
from evaluations.access.grades import on_paper
from evaluations.content import SheetContent, from_json
from evaluations.formatting import point_in_time, staffing_in_words, value_in_words
from evaluations.models import Revision, Sheet
from evaluations.paper.document import Cell, FormRow, PrintDocument, RowPart, StaffingHeading
from evaluations.queries.content import content_of
from evaluations.queries.last_change import last_change_of
from evaluations.queries.prefetch import fetch_register
from texts.notation import BlockKind, parse


def document_of(
    sheet: Sheet, content: SheetContent | None = None, changed_at: datetime | None = None
) -> PrintDocument:
    """Return the document of ``sheet`` as it is now, until it is decided marked 案 and ungraded.

    Pass ``content`` and ``changed_at``, its last change, to save queries.
    """
    fetch_register(sheet)
    note = "" if sheet.is_final else _draft_note(changed_at or last_change_of(sheet))
    shown = on_paper(sheet, content or content_of(sheet))
    return build(shown, sheet.edition.definition, draft_note=note)


def _draft_note(changed_at: datetime) -> str:
    return f"案（{timezone.localtime(changed_at):%Y年%-m月%-d日 %H:%M}時点）"


def document_of_revision(revision: Revision) -> PrintDocument:
    """Return the document of a stored revision, independent of later changes."""
    definition = revision.sheet.edition.definition
    return build(from_json(revision.content, definition), definition)


def build(content: SheetContent, definition: Definition, *, draft_note: str = "") -> PrintDocument:
    """Lay ``content`` out along the sections of ``definition``."""
    first, rows = [], []
    for section in definition.sections:
        items = list(applicable_items(section, content.facts))
        if section.first_row:
            first += [_cell(item, content) for item in items]
        else:
            rows.append(_row(section, items, content))
    return PrintDocument(
        title=definition.title,
        template=definition.print_template,
        first_row=tuple(first),
        rows=tuple(rows),
        draft_note=draft_note,
    )


def _cell(item: Item, content: SheetContent) -> Cell:
    return Cell(item.key, _lines(item.label), value_in_words(item, content))


def _row(section: Section, items: list[Item], content: SheetContent) -> FormRow:
    return FormRow(section.key, _lines(section.heading), tuple(_parts(items, content)))


def _parts(items: list[Item], content: SheetContent) -> Iterator[RowPart]:
    """Yield the parts of a row; PLAN, DO, CHECK, ACT standing together make one table."""
    steps: list[Item] = []
    for item in items:
        if item.kind == ItemKind.PDCA:
            steps.append(item)
            continue
        if steps:
            yield _pdca(steps, content)
            steps = []
        yield _part(item, content)
    if steps:
        yield _pdca(steps, content)


def _part(item: Item, content: SheetContent) -> RowPart:
    match item.kind:
        case ItemKind.STAFFING:
            return RowPart("staffing", item.key, staffing=tuple(_staffing(item, content)))
        case ItemKind.FINANCIAL_REPORT:
            return RowPart("bullet", item.key, label=item.name, value=value_in_words(item, content))
        case _ if item.is_text:
            blocks = parse(content.texts.get(item.key, ""))
            run_in = bool(item.name and blocks and blocks[0].kind == BlockKind.PARAGRAPH)
            return RowPart("text", item.key, label=item.name, blocks=blocks, run_in=run_in)
        case _:
            return RowPart("value", item.key, label=item.name, value=value_in_words(item, content))


def _pdca(items: list[Item], content: SheetContent) -> RowPart:
    return RowPart(
        "pdca",
        items[0].key,
        steps=tuple((i.key, i.name, parse(content.texts.get(i.key, ""))) for i in items),
    )


def _staffing(item: Item, content: SheetContent) -> Iterator[StaffingHeading]:
    figures = content.staffing
    as_of = point_in_time(figures.as_of) if figures.as_of else ""
    for column in item.columns:
        qualifiers = tuple(
            qualifier.replace("{as_of}", as_of)
            for qualifier in column.qualifiers
            if as_of or "{as_of}" not in qualifier
        )
        shown = staffing_in_words(figures, column.key)
        yield StaffingHeading(column.key, _lines(column.label), qualifiers, shown)


def _lines(label: str) -> tuple[str, ...]:
    return tuple(label.split("\n"))
