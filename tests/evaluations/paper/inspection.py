"""The inspector: what is wrong with a printed sheet, page by page, in words.

It knows the form only by what a reader sees, its rules and its letters, and the sheet by what is
stored. ``test_inspection.py`` shows it every fault it claims to see.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from evaluations.paper.document import PrintDocument
from evaluations.paper.measure import half_ems
from tests.evaluations.paper.expecting import Expected, Paragraph, expected, outside
from tests.evaluations.paper.reading import MARGIN, SCALE, Box, Cell, Letter, Page, read

NEVER_FIRST = set(
    "、。，．,.・：；:;？！?!」』）】〕｝〉》)]}’”ー々ゝゞヽヾ〻％%℃"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
NEVER_LAST = set("「『（【〔｛〈《([{‘“￥＄$")
A4 = 210 / 25.4 * 72  # points across
EM = 10.5  # points
SAME_LINE = 4  # points: what is less apart stands on one line
EDGE = A4 - MARGIN  # points: where the form ends on the right
PADDING = 0.34  # ems between a rule and the text
NEAR = 0.8  # points: as exact as two edges have to agree
LOOSE = 0.5  # ems: a wider gap between two letters of a line is a hole


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong. ``kind`` is one of the words used below."""

    page: int
    kind: str
    words: str


def faults(pdf: bytes, document: PrintDocument) -> list[Fault]:
    """Return what is wrong with ``pdf`` as the paper of ``document``; nothing is as it should."""
    return list(_faults(read(pdf), document))


def _faults(pages: list[Page], document: PrintDocument) -> Iterator[Fault]:
    form = expected(document)
    labels = set(_labels(form))
    printed: list[Cell] = []
    for page in pages:
        if page.form is None:
            yield Fault(page.number, "open frame", "")
            continue
        yield from _outside(page, outside(document, page.number))
        rows = page.form.rows or [page.form]
        yield from _empty_strips(page.number, rows)
        yield from _order(page)
        yield from _collisions(page)
        yield from _turned(page.number, printed, rows, labels)
        _join(printed, rows)
    yield from _compare(Cell(Box(0, 0, 0, 0), rows=printed), form)


def _labels(form: Expected) -> Iterator[str]:
    """Every first cell of a row, nested ones too."""
    for row in form.rows or (form,):
        if row.pair:
            yield row.pair[0].letters
            yield from _labels(row.pair[1])


def _outside(page: Page, words: str) -> Iterator[Fault]:
    """The title, the draft note and the page number are all that stands outside the frame."""
    found = "".join(letter.text for letter in page.outside)
    if found != words:
        yield Fault(page.number, "outside the frame", f"{found!r} for {words!r}")


def _empty_strips(page: int, rows: list[Cell]) -> Iterator[Fault]:
    for row in rows[:1] + rows[1:][-1:]:
        if not row.text:
            yield Fault(page, "empty strip", "")


def _turned(page: int, before: list[Cell], after: list[Cell], labels: set[str]) -> Iterator[Fault]:
    """Labels at a page break: none is left behind by its body, none is divided."""
    last, first = before[-1:], after[:1]
    if not last or not first or not last[0].pair or not first[0].pair:
        return
    (label, body), (next_label, next_body) = last[0].pair, first[0].pair
    if label.text and not body.text and not next_label.text and next_body.text:
        yield Fault(page, "orphan label", label.text)
    if next_label.text and next_label.text not in labels:
        yield Fault(page, "split label", f"{label.text}|{next_label.text}")
    if not label.text and body.text and next_label.text:
        yield Fault(page, "body without its label", next_label.text)
    if not next_label.text:
        ends, starts = body.rows or [body], next_body.rows or [next_body]
        yield from _turned(page, ends, starts, labels)


def _join(before: list[Cell], after: list[Cell]) -> None:
    """Append the rows of the next page; the first goes on with the last where it has no label."""
    first = after[0]
    if before and _goes_on(before[-1], first):
        _merge(before[-1], first)
        after = after[1:]
    before.extend(after)


def _goes_on(last: Cell, first: Cell) -> bool:
    if last.pair and first.pair:
        return not first.pair[0].text
    return not (last.pair or last.rows or first.pair or first.rows)


def _merge(cell: Cell, more: Cell) -> None:
    if cell.pair and more.pair and not more.pair[0].text:
        for own, other in zip(cell.pair, more.pair, strict=True):
            _merge(own, other)
    elif cell.rows or more.rows or more.pair or cell.pair:
        rows = cell.rows or [Cell(cell.box, cell.letters, pair=cell.pair)]
        cell.letters, cell.pair = [], None
        _join(rows, more.rows or [more])
        cell.rows = rows
    else:
        cell.letters = cell.letters + more.letters


def _compare(cell: Cell, wanted: Expected) -> Iterator[Fault]:
    if wanted.rows:
        rows = cell.rows or [cell]
        if len(rows) != len(wanted.rows):
            found = [row.text[:20] for row in rows]
            yield Fault(0, "rules", f"{len(rows)} rows for {len(wanted.rows)}: {found}")
        for row, each in zip(rows, wanted.rows, strict=False):
            yield from _compare(row, each)
    elif wanted.pair:
        if not cell.pair:
            yield Fault(0, "rules", f"no rule beside {wanted.pair[0].letters!r} in {cell.text!r}")
            return
        for own, each in zip(cell.pair, wanted.pair, strict=True):
            yield from _compare(own, each)
    elif cell.rows or cell.pair:
        yield Fault(0, "rules", f"a rule through {cell.text[:40]!r}")
    else:
        yield from _leaf(cell, wanted)


def _leaf(cell: Cell, wanted: Expected) -> Iterator[Fault]:
    if cell.text != wanted.letters:
        yield Fault(_page(cell), "text", f"{cell.text!r} for {wanted.letters!r}")
        return
    if wanted.is_whole and len({letter.page for letter in cell.letters}) > 1:
        yield Fault(_page(cell), "split label", cell.text)
    letters = iter(cell.letters)
    for paragraph in wanted.paragraphs:
        lines = _lines([next(letters) for _ in paragraph.letters])
        yield from _first_and_last(lines, paragraph)
        yield from _divided(lines, paragraph)
        for line in lines:
            yield from _half_width(line)
            yield from _overflow(line)
        if wanted.is_body:
            yield from _set_in(lines, paragraph)
            yield from _flush(lines[:-1], paragraph)


def _lines(letters: list[Letter]) -> list[list[Letter]]:
    lines: list[list[Letter]] = []
    for letter in letters:
        last = lines[-1][-1] if lines else None
        if last and last.page == letter.page and abs(last.height - letter.height) < SAME_LINE:
            lines[-1].append(letter)
        else:
            lines.append([letter])
    return lines


def _first_and_last(lines: list[list[Letter]], paragraph: Paragraph) -> Iterator[Fault]:
    """禁則: what may not begin a line, and what may not end one, but where a space was typed."""
    places = [place for place, letter in enumerate(paragraph.text) if not letter.isspace()]
    end = 0
    for line, following in pairwise(lines):
        end += len(line)
        if places[end] - places[end - 1] > 1:
            continue
        if following[0].text in NEVER_FIRST:
            yield _fault(following, "forbidden at the beginning of a line")
        if line[-1].text in NEVER_LAST:
            yield _fault(line, "forbidden at the end of a line")


def _divided(lines: list[list[Letter]], paragraph: Paragraph) -> Iterator[Fault]:
    """Words and numbers, with the bracket before them, stay whole unless longer than a line."""
    places = [place for place, letter in enumerate(paragraph.text) if not letter.isspace()]
    end = 0
    for line, following in pairwise(lines):
        end += len(line)
        before, after = paragraph.text[: places[end]], paragraph.text[places[end] :]
        head = re.search(r"[（「(]*[A-Za-z0-9]+$|[0-9][,.]$", before)
        tail = re.match(r"[A-Za-z0-9]+", after)
        if head and tail and (head.group()[-1] not in ",." or after[0].isdigit()):
            word = head.group() + tail.group()
            if half_ems(word) * EM / 2 < _room(following):
                yield _fault(following, "divided word", repr(word))


def _half_width(line: list[Letter]) -> Iterator[Fault]:
    for letter in line:
        width = (letter.right - letter.left) / (letter.bottom - letter.top)
        if letter.text in "0123456789" and abs(width - 0.5) > 0.03:
            yield _fault(line, "digit not half-width", letter.text)


def _overflow(line: list[Letter]) -> Iterator[Fault]:
    left, top, right, bottom = _edges(line[0])
    for letter in line:
        if not (left <= letter.left + NEAR and letter.right <= right + NEAR):
            yield _fault(line, "overflow", letter.text)
        if not (top <= letter.top + NEAR and letter.bottom <= bottom + NEAR):
            yield _fault(line, "overflow", letter.text)


def _set_in(lines: list[list[Letter]], paragraph: Paragraph) -> Iterator[Fault]:
    """Every line begins where its bullet, its note or its paragraph says."""
    for number, line in enumerate(lines):
        ems = paragraph.rest if number else paragraph.first
        begin = _edges(line[0])[0] + (PADDING + ems) * EM
        if abs(line[0].left - begin) > NEAR:
            yield _fault(line, "hangs wrongly", f"{line[0].left:.1f} for {begin:.1f}")


def _flush(lines: list[list[Letter]], paragraph: Paragraph) -> Iterator[Fault]:
    """Full lines end at one edge, and have no holes but the spaces that were typed.

    A line too short to be stretched, for what follows is one long word, ends where it ends.

    A line with a letter of a fallback font is left out: PDFium, which measures here, forgets half
    a gap where the font changes, as no other reader does.
    """
    for line in lines:
        if any(abs(letter.bottom - letter.top - EM) > 0.5 for letter in line):
            continue
        edge = EDGE - PADDING * EM
        slack = edge - line[-1].right
        if abs(slack) > NEAR and slack < LOOSE * EM * (len(line) - 1):
            yield _fault(line, "not flush", f"{line[-1].right:.1f} for {edge:.1f}")
        for letter, after in pairwise(line):
            is_typed = re.search(
                rf"{re.escape(letter.text)}\s+{re.escape(after.text)}", paragraph.text
            )
            if after.left - letter.right > LOOSE * EM and not is_typed:
                yield _fault(line, "hole in a line")


def _order(page: Page) -> Iterator[Fault]:
    """What is read first is written first."""
    form = page.form.leaves() if page.form else ()
    orders = [letter.order for leaf in form for letter in leaf.letters]
    if orders != sorted(orders):
        yield Fault(page.number, "reading order", "")


def _collisions(page: Page) -> Iterator[Fault]:
    """No letter stands on another, but for marks that combine with the one before."""
    taken: dict[tuple[int, int], list[Letter]] = {}
    for letter in page.letters:
        if unicodedata.category(letter.text) == "Mn":
            continue
        x, y = (letter.left + letter.right) / 2, letter.height
        near = [(int(x // EM) + dx, int(y // EM) + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        for other in (other for place in near for other in taken.get(place, ())):
            if other.left < x < other.right and abs(other.height - y) < SAME_LINE:
                yield Fault(page.number, "collision", f"{other.text}{letter.text}")
        taken.setdefault((int(x // EM), int(y // EM)), []).append(letter)


def _edges(letter: Letter) -> tuple[float, float, float, float]:
    """The sides of the cell of ``letter``: left, top, right, bottom."""
    if letter.cell is None:
        raise ValueError("stands in no cell")
    box = letter.cell
    return box.left / SCALE, box.top / SCALE, box.right / SCALE, box.bottom / SCALE


def _room(line: list[Letter]) -> float:
    return _edges(line[0])[2] - line[0].left - PADDING * EM


def _text(line: list[Letter]) -> str:
    return "".join(letter.text for letter in line)


def _fault(line: list[Letter], kind: str, words: str = "") -> Fault:
    return Fault(line[0].page, kind, f"{words} in {_text(line)!r}")


def _page(cell: Cell) -> int:
    return next((letter.page for leaf in cell.leaves() for letter in leaf.letters), 0)
