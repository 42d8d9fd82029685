"""The sheet as it is printed: plain values, ready for the edition's template.

The same ``PrintDocument`` is the screen's preview and the PDF, so they cannot disagree.
"""

from dataclasses import dataclass
from typing import Literal

from texts.notation import Block


@dataclass(frozen=True)
class Cell:
    """A labelled short value of the first row. ``label_lines``: the label as it breaks."""

    key: str
    label_lines: tuple[str, ...]
    value: str


@dataclass(frozen=True)
class StaffingHeading:
    """The heading of a staffing column and the figure below it, already formatted."""

    key: str
    label_lines: tuple[str, ...]
    qualifiers: tuple[str, ...]
    value: str


@dataclass(frozen=True)
class RowPart:
    """A part of a row. Its ``kind`` decides which fields are used.

    text      ``label`` (may be empty) and ``blocks``; ``run_in``: the first block follows the
              label on its line, as 「（2）拠出の概要及び成果目標：本件…」 does
    value     ``value``, one line
    staffing  ``staffing``, the table's columns
    pdca      ``steps``: (key, label, blocks) for PLAN, DO, CHECK, ACT
    bullet    ``label`` and ``value``: 「・財政状況の報告：2018年6月(2017年度)」
    """

    kind: Literal["text", "value", "staffing", "pdca", "bullet"]
    key: str = ""
    label: str = ""
    value: str = ""
    blocks: tuple[Block, ...] = ()
    run_in: bool = False
    staffing: tuple[StaffingHeading, ...] = ()
    steps: tuple[tuple[str, str, tuple[Block, ...]], ...] = ()


@dataclass(frozen=True)
class FormRow:
    """A labelled row of the form."""

    key: str
    label_lines: tuple[str, ...]
    parts: tuple[RowPart, ...]


@dataclass(frozen=True)
class PrintDocument:
    """A whole sheet. ``draft_note`` is printed at the top while the sheet is not approved."""

    title: str
    template: str
    first_row: tuple[Cell, ...]
    rows: tuple[FormRow, ...]
    draft_note: str = ""
