"""The layout of a ``PrintDocument`` for its template: column widths, room, nesting.

A *room* is the height, in lines, that must be left on a page for a row to begin there. Label
and body of a row break apart independently, so without it a label could stay behind alone.
"""

from dataclasses import dataclass
from math import ceil

from evaluations.paper import measure
from evaluations.paper.document import Cell, FormRow, PrintDocument, RowPart, StaffingHeading
from evaluations.paper.measure import (
    STEP,
    body_lines,
    ems,
    fit,
    kept_lines,
    label_lines,
    text_lines,
)
from evaluations.paper.outline import BlockGroup, outline
from texts.notation import Block, BlockKind, Run

UNDIVIDED = 4  # lines: a paragraph of fewer is never divided between pages
TALLEST = 12  # lines
LABEL_EMS = measure.LABEL // 2  # ems of the label column
SHEET, SHEET_SPACING = 48, 0.8  # ems across the sheet, and beside what a column holds
BODY, BODY_SPACING = 52, 0.3  # the same of the body, in the small letters of the staffing table
QUALIFIER = 0.83  # the size of a qualifier beside its heading
WIDE = 12  # ems: a value of the first row is no wider, which holds 13 digits and 千円
NARROW = 9  # ems: its first value is no narrower


@dataclass(frozen=True)
class PrintedCell:
    """A cell of the first row; widths in ems, 0 for what is left over."""

    cell: Cell
    label_width: int
    value_width: int


@dataclass(frozen=True)
class PrintedStep:
    """PLAN, DO, CHECK or ACT."""

    key: str
    label: str
    room: int
    groups: tuple[BlockGroup, ...]


@dataclass(frozen=True)
class PrintedPart:
    """A part and the template of its kind. ``lead`` follows the label on its line."""

    template: str
    part: RowPart
    lead: tuple[Run, ...]
    groups: tuple[BlockGroup, ...]
    steps: tuple[PrintedStep, ...]
    columns: tuple[tuple[StaffingHeading, int], ...]

    @property
    def is_table(self) -> bool:
        """Whether it has rules of its own; other parts share one cell."""
        return bool(self.steps or self.columns)


@dataclass(frozen=True)
class PrintedRow:
    """A row of the form.

    ``is_brief``: it holds but a short value, set beside its label. ``has_steps``: it holds the
    table of PLAN, DO, CHECK and ACT.
    """

    row: FormRow
    room: int
    is_brief: bool
    has_steps: bool
    parts: tuple[PrintedPart, ...]


def first_row(document: PrintDocument) -> tuple[PrintedCell, ...]:
    """Return the cells of the first row; the first value has what the others leave."""
    cells = document.first_row
    labels = [ems(cell.label_lines) for cell in cells[1:]]
    values = [min(ems([cell.value]) + 1, WIDE) for cell in cells[1:]]
    room = SHEET - ceil(SHEET_SPACING * 2 * len(cells)) - LABEL_EMS - NARROW
    widths = fit(labels + values, room)
    return tuple(
        map(PrintedCell, cells, (LABEL_EMS, *widths[: len(labels)]), (0, *widths[len(labels) :]))
    )


def rows(document: PrintDocument) -> tuple[PrintedRow, ...]:
    """Return the labelled rows."""
    return tuple(_row(row) for row in document.rows)


def _row(row: FormRow) -> PrintedRow:
    least = min(sum(map(_lines, row.parts)), UNDIVIDED)
    room = max(label_lines(row.label_lines), least, _kept(row.parts))
    is_brief = all(part.kind == "value" for part in row.parts)
    has_steps = any(part.steps for part in row.parts)
    return PrintedRow(row, min(room, TALLEST), is_brief, has_steps, tuple(map(_part, row.parts)))


def _part(part: RowPart) -> PrintedPart:
    runs_in = part.run_in and part.blocks and part.blocks[0].kind == BlockKind.PARAGRAPH
    return PrintedPart(
        template=f"evaluations/paper/components/{part.kind}.html",
        part=part,
        lead=part.blocks[0].runs if runs_in else (),
        groups=outline(part.blocks[1:] if runs_in else part.blocks),
        steps=tuple(_step(*step) for step in part.steps),
        columns=_columns(part.staffing),
    )


def _step(key: str, label: str, blocks: tuple[Block, ...]) -> PrintedStep:
    lines = body_lines(blocks, UNDIVIDED, STEP), kept_lines(blocks, UNDIVIDED, STEP)
    return PrintedStep(key, label, min(max(1, *lines), TALLEST), outline(blocks))


def _columns(headings: tuple[StaffingHeading, ...]) -> tuple[tuple[StaffingHeading, int], ...]:
    widths = [max(ems(h.label_lines), ceil(ems(h.qualifiers) * QUALIFIER)) for h in headings]
    fitted = fit(widths, BODY - ceil(BODY_SPACING * len(headings)))
    return tuple(zip(headings, fitted, strict=True))


def _lines(part: RowPart) -> int:
    """Return about how many lines a part takes."""
    if part.kind == "pdca":
        return sum(max(1, body_lines(blocks, UNDIVIDED, STEP)) for _, _, blocks in part.steps)
    if part.value:
        return text_lines(f"・{part.label}：{part.value}" if part.label else part.value, UNDIVIDED)
    return max(1, bool(part.label and not part.run_in) + body_lines(part.blocks, UNDIVIDED))


def _kept(parts: tuple[RowPart, ...]) -> int:
    """Return how many lines of ``parts`` stay together where they begin, beyond the usual.

    A label and headings without a text below them are kept with what comes next.
    """
    lines = 0
    for part in parts:
        lines += _first_lines(part)
        if part.kind != "text" or any(block.kind != BlockKind.HEADING for block in part.blocks):
            break
    return lines


def _first_lines(part: RowPart) -> int:
    """Return how many lines of ``part`` stay together at its beginning, beyond the usual."""
    if part.kind == "staffing":
        return 2 + max((len(h.label_lines) + len(h.qualifiers) for h in part.staffing), default=0)
    if part.kind == "pdca" and part.steps:
        return _step(*part.steps[0]).room
    return bool(part.label and not part.run_in) + kept_lines(part.blocks, UNDIVIDED)
