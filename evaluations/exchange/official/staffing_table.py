"""The table of Japanese staff: its figures, and the date in its headings."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from editions.definition import Item
from evaluations.exchange.official import dates
from evaluations.exchange.official.columns import by_columns, in_order
from evaluations.exchange.official.fold import figures, fold
from evaluations.exchange.official.markers import marker_of
from evaluations.exchange.official.sheet import Doubts, ReadStaffing
from evaluations.exchange.official.source import Break, Segment
from evaluations.exchange.official.staffing_figures import FIGURE, Value, check_count, staffing_of
from evaluations.exchange.official.values import is_none
from texts.notation import BlockKind

_DATE_WORDS = re.compile(r"昭和|平成|令和|時点|現在|[\d元年月日末()、うち]")
_SENTENCE = 15  # a heading ends in no full stop from this length on
_FEW = 6  # characters left over where headings are broken
_LIKE_A_FIGURE = re.compile(r"[約〜~]?\d(?!.*[年月]).{0,11}")


def read_staffing(
    segments: Sequence[Segment], item: Item, doubts: Doubts
) -> tuple[ReadStaffing, list[Segment]]:
    """Return the table, and the segments behind it that belong to no table.

    Raise OfficialTextError where a figure is no number or the row is too short or too long.
    """
    values: list[Value] = []
    headings: list[Segment] = []
    behind: list[Segment] = []
    known = _heading_words(item)
    for _, group in groupby(segments, key=lambda segment: segment.line):
        row = list(group)
        text = "".join(segment.text for segment in row).strip()
        cells = _cells(row, len(item.columns))
        complete = len(values) >= len(item.columns)
        if behind or (text and _is_writing(text, known, complete)):
            behind += row
        elif not complete and _are_figures(cells):
            values += cells
        elif text and not complete:
            headings += row
            _note_unknown(row[0].line, text, known, item, doubts)
    if not any(not is_none(value.text) for value in values):
        return ReadStaffing(as_of=_as_of(headings, item, segments, doubts, needed=False)), behind
    check_count(values, item)
    as_of = _as_of(headings, item, segments, doubts, needed=True)
    return staffing_of(values, item, as_of, doubts), behind


def _heading_words(item: Item) -> str:
    return "".join(fold(c.label) + "".join(map(fold, c.qualifiers)) for c in item.columns)


def _is_writing(text: str, known: str, complete: bool) -> bool:
    """Whether ``text`` is a line of writing that the table has no place for."""
    if fold(text) in known or figures(text).isdigit():
        return False
    marker = marker_of(text)
    if complete or (marker and marker.kind is BlockKind.BULLET and not is_none(marker.body)):
        return True
    return len(text) > _SENTENCE and text.endswith("。")


def _note_unknown(line: int, text: str, known: str, item: Item, doubts: Doubts) -> None:
    """Note words that are neither headings of the table nor their date, and so are lost."""
    left, unknown = _DATE_WORDS.sub("", fold(text)), 0
    known = _DATE_WORDS.sub("", known)
    while left:
        length = next((n for n in range(min(len(left), len(known)), 1, -1) if left[:n] in known), 0)
        unknown += not length
        left = left[length or 1 :]
    if unknown > _FEW:
        message = (
            f"職員数の表の見出しにない「{text}」は取り込みませんでした。"
            "要る文字か確かめてください。"
        )
        doubts.note(line, item.key, message)


def _cells(row: Sequence[Segment], count: int) -> list[Value]:
    """Return the cells of one line: parted by tabs, or by white space where there are none."""
    line = row[0].line
    if any(segment.parted_by is Break.TAB for segment in row):
        texts = [segment.text.strip() for segment in row]
        while len(texts) > count and not texts[-1]:
            texts.pop()
        while len(texts) > count and not texts[0]:
            texts.pop(0)
        if len(texts) < count and sum(map(bool, texts)) < 2:
            texts = [text for text in texts if text]
        return [Value(line, text) for text in texts]
    text = re.sub(r"(?<=\d) (?=[%％])", "", row[0].text)
    return [Value(line, part) for segment in row for part in text.split()]


def _are_figures(cells: Sequence[Value]) -> bool:
    """Whether most of the cells are figures or dashes, so that the others should be too."""
    texts = [figures(cell.text) for cell in cells if cell.text]
    alike = [
        text
        for text in texts
        if FIGURE.fullmatch(text) or is_none(text) or (_LIKE_A_FIGURE.fullmatch(text))
    ]
    return bool(texts) and len(alike) * 2 > len(texts)


def _as_of(
    headings: Sequence[Segment],
    item: Item,
    segments: Sequence[Segment],
    doubts: Doubts,
    *,
    needed: bool,
) -> date | None:
    readings = [
        dates.days_in(stretch.text) for stretch in (in_order(headings), by_columns(headings))
    ]
    # A date in headings that wrap over lines is complete only column by column
    found = min(filter(None, readings), key=_vagueness, default=[])
    line = segments[0].line if segments else 1
    if not found:
        if needed:
            message = "職員数の表に時点（〇年〇月末時点）が見つかりません。時点を入力してください。"
            doubts.note(line, item.key, message)
        return None
    day, _ = found[0]
    if _vagueness(found):
        message = (
            f"職員数の時点を{day.year}年{day.month}月{day.day}日と読みました。"
            "日付が明記されていないか、複数あります。確かめてください。"
        )
        doubts.note(line, item.key, message)
    return day


def _vagueness(days: Sequence[tuple[date, bool]]) -> int:
    """Return how many of ``days`` had to be supplied or are not the first one."""
    return sum(supplied or day != days[0][0] for day, supplied in days)
