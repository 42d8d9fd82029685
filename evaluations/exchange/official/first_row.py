"""The row of short cells at the top: names, kind, amount and grade, each behind its label."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from editions.definition import Definition, Item
from evaluations.exchange.official.columns import NumberedText, by_columns, cells_by_line, in_order
from evaluations.exchange.official.fold import fold, fold_character, join_lines
from evaluations.exchange.official.sheet import Doubts
from evaluations.exchange.official.source import Segment


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A value as text (without the spaces an extraction adds), its line, its item's key and name.

    Line 0: the cell was not found at all.
    """

    line: int
    text: str
    item: str
    name: str


def read_first_row(
    segments: Sequence[Segment], edition: Definition, doubts: Doubts
) -> dict[str, ReadCell]:
    """Return the cells of the first row by item key; what belongs to none becomes a doubt."""
    items = [i for section in edition.sections if section.first_row for i in section.items]
    in_sequence = _read(in_order(segments), items)
    in_columns = _read(by_columns(segments), items)
    # A first line with more cells than a label and its value is the top of columns
    wide = next(filter(None, cells_by_line(segments)), 0) > 2
    better = len(in_columns[0]) > len(in_sequence[0])
    as_good = len(in_columns[0]) == len(in_sequence[0])
    cells, before = in_columns if better or (wide and as_good) else in_sequence
    if before.text:
        message = (
            f"「{before.text}」がどの欄にも属さないため、取り込みませんでした。"
            "要る文字か確かめてください。"
        )
        doubts.note(before.line, "", message)
    return cells


def _read(stretch: NumberedText, items: Sequence[Item]) -> tuple[dict[str, ReadCell], ReadCell]:
    places = sorted(
        (start, end, item.key, item.name)
        for item in items
        if (found := _label(stretch.text, fold(item.name)))
        for start, end in [found]
    )
    cells = {}
    for index, (_, end, key, name) in enumerate(places):
        until = places[index + 1][0] if index + 1 < len(places) else len(stretch.text)
        cells[key] = _cell(stretch, end, until, key, name)
    before = _cell(stretch, 0, places[0][0] if places else len(stretch.text), "", "")
    return cells, before


def _label(text: str, words: str) -> tuple[int, int] | None:
    """Return the span of the label ``words`` in ``text``: between white space, or at a colon."""
    signs = [
        (sign, at)
        for at, character in enumerate(text)
        if not character.isspace()
        for sign in fold_character(character)
    ]
    folded = "".join(sign for sign, _ in signs)
    at = folded.find(words)
    while at >= 0 and words:
        start, end = signs[at][1], signs[at + len(words) - 1][1] + 1
        before = start == 0 or text[start - 1].isspace()
        behind = re.match(r"\s*[：:]|(?=\s|$)", text[end:])
        if before and behind:
            return start, end + behind.end()
        at = folded.find(words, at + 1)
    return None


def _cell(stretch: NumberedText, start: int, end: int, key: str, name: str) -> ReadCell:
    text = stretch.text[start:end]
    blank = len(text) - len(text.lstrip())
    line = stretch.lines[min(start + blank, len(stretch.lines) - 1)] if stretch.lines else 1
    return ReadCell(line, join_lines(re.split(r"[\t\n]", text)), key, name)
