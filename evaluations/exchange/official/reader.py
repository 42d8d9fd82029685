"""Reading the text of one official sheet, from the title to the division in charge."""

from collections.abc import Sequence
from dataclasses import replace

from editions.definition import Definition
from editions.enums import ItemKind
from evaluations.exchange.official import completeness, values
from evaluations.exchange.official.blocks import full_width_of, stored_text
from evaluations.exchange.official.cells import FIRST_ROW, divide
from evaluations.exchange.official.first_row import ReadCell, read_first_row
from evaluations.exchange.official.fold import join_lines
from evaluations.exchange.official.furniture import (
    bare_number,
    without_furniture,
    without_page_numbers,
)
from evaluations.exchange.official.sheet import Doubts, ReadSheet, ReadStaffing
from evaluations.exchange.official.source import Segment, segments_of
from evaluations.exchange.official.staffing_table import read_staffing
from evaluations.exchange.official.title import find_title


def read_official_text(text: str, editions: Sequence[Definition]) -> ReadSheet:
    """Return the sheet that ``text``, taken out of an official PDF, holds.

    The edition is the one whose title is in the text. What was uncertain is in ``doubts``, in
    the order of the lines. Raise OfficialTextError where no sheet can be made of the text.
    """
    doubts = Doubts()
    segments = segments_of(text)
    edition, title = find_title(segments, editions, doubts)
    before = without_furniture(segments[: title.start], edition)
    completeness.note_stray([s for s in before if bare_number(s) is None], doubts)
    completeness.note_unreadable(segments, doubts)
    sheet = _Reader(edition, segments[title.stop :], doubts).sheet()
    completeness.note_other_organization(sheet, edition, doubts)
    return replace(sheet, doubts=tuple(sorted(doubts, key=lambda doubt: doubt.line)))


class _Reader:
    """Takes the values from the cells of one sheet."""

    def __init__(self, edition: Definition, segments: Sequence[Segment], doubts: Doubts) -> None:
        self.edition = edition
        self.doubts = doubts
        self.last_line = segments[-1].line if segments else 1
        cells = divide(without_furniture(segments, edition), edition, doubts)
        self.first_row = read_first_row(cells.segments[FIRST_ROW], edition, doubts)
        name = self.first_row.get(self.key(ItemKind.CONTRIBUTION_NAME))
        tables = {FIRST_ROW, self.key(ItemKind.STAFFING)}
        self.segments = without_page_numbers(
            cells.order, tables, edition, name.text if name else "", doubts
        )
        self.found = {*cells.found_at, *(("", key) for key in self.first_row)}

    def sheet(self) -> ReadSheet:
        """Return what was read, its doubts still apart."""
        staffing = self.staffing()
        texts = self.texts()
        organization = values.split_organization(self.cell(ItemKind.ORGANIZATION), self.doubts)
        completeness.note_missing(self.edition, self.found, texts, self.last_line, self.doubts)
        return ReadSheet(
            edition_key=self.edition.key,
            contribution_name=self.cell(ItemKind.CONTRIBUTION_NAME).text,
            contribution_type=values.read_type(
                self.cell(ItemKind.CONTRIBUTION_TYPE), self.edition, self.doubts
            ),
            budget_thousand_yen=values.read_budget(self.cell(ItemKind.BUDGET), self.doubts),
            overall_grade=values.read_grade(self.cell(ItemKind.GRADE), self.edition, self.doubts),
            organization_name=organization[0],
            organization_abbreviation=organization[1],
            texts=texts,
            staffing=staffing,
            financial_report=values.read_financial_report(
                self.cell(ItemKind.FINANCIAL_REPORT), self.doubts
            ),
            responsible_division=self.cell(ItemKind.DIVISION).text,
            doubts=(),
            supplementary_thousand_yen=values.read_supplementary(self.cell(ItemKind.BUDGET)),
        )

    def key(self, kind: ItemKind) -> str:
        """Return the key of the edition's item of ``kind``; '' where it has none."""
        item = self.edition.item_of_kind(kind)
        return item.key if item else ""

    def cell(self, kind: ItemKind) -> ReadCell:
        """Return the short value of ``kind``; text behind a blank line is not part of it."""
        key = self.key(kind)
        if key in self.first_row:
            return self.first_row[key]
        segments = [s for s in self.segments.get(key, ()) if not s.is_blank]
        if not segments:
            return ReadCell(0, "", key, "")
        end = 1
        for segment, above in zip(segments[1:], segments, strict=False):
            if segment.line > above.line + 1:
                break
            end += 1
        completeness.note_stray(segments[end:], self.doubts)
        text = join_lines(segment.text for segment in segments[:end])
        if end > 1 and kind == ItemKind.DIVISION:
            completeness.note_joined(segments[0].line, key, text, self.doubts)
        return ReadCell(segments[0].line, text, key, self.edition.name_of(key))

    def staffing(self) -> ReadStaffing:
        """Return the table; lines of writing behind it go to the text that follows it."""
        item = self.edition.item_of_kind(ItemKind.STAFFING)
        if not item:
            return ReadStaffing()
        staffing, behind = read_staffing(self.segments.get(item.key, ()), item, self.doubts)
        section = self.edition.section_of(item.key)
        if staffing.staffing_missing and any(key == section.key for key, _ in self.found):
            completeness.note_no_figures(self.last_line, self.edition, item, self.doubts)
        if behind:
            text = next((i for i in section.items if i.is_text), None)
            if text:
                self.segments[text.key][:0] = behind
                completeness.note_moved(behind[0].line, self.edition, text, self.doubts)
            else:
                completeness.note_stray(behind, self.doubts)
        return staffing

    def texts(self) -> dict[str, str]:
        """Return the stored text of every text item."""
        items = self.edition.text_items
        full_width = full_width_of([self.segments.get(item.key, ()) for item in items])
        return {
            item.key: stored_text(
                self.segments.get(item.key, ()),
                full_width,
                item.key,
                self.edition.name_of(item.key),
                self.doubts,
            )
            for item in items
        }
