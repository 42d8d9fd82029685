"""The 新旧対照表: two versions of a sheet in two columns, what differs underlined."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.template.loader import render_to_string

from evaluations.models import Sheet
from evaluations.version_comparison import Place, SheetComparison
from printing import printer
from texts.comparison import ComparedLine, Fate, Origin, Piece

TEMPLATE = "evaluations/paper/side_by_side.html"
STYLES = ("print:sheet.css", "print:side-by-side.css")
# Unchanged lines printed on either side of a change.
CONTEXT = 1
LEFT_OUT = "（略）"
_NOTES = {
    Fate.ADDED: ("", "（追加）"),
    Fate.REMOVED: ("（削除）", ""),
    Fate.MOVED_HERE: ("【移動】", "（別の位置から移動）"),
    Fate.MOVED_AWAY: ("（別の位置へ移動）", "【移動】"),
}


@dataclass(frozen=True)
class RowSide:
    """One of the two columns of a row: a note such as 「（追加）」, and the text of the version.

    ``unseen``: differences that look the same, in words.
    """

    note: str = ""
    pieces: tuple[Piece, ...] = ()
    unseen: tuple[str, ...] = ()

    @property
    def hangs(self) -> bool:
        """Whether the line hangs on a bullet."""
        return not self.note and "".join(piece.text for piece in self.pieces).startswith("・")


@dataclass(frozen=True)
class ComparedRow:
    """A line, or a figure with its label, in both versions."""

    new: RowSide
    old: RowSide
    label: str = ""


@dataclass(frozen=True)
class PrintedPlace:
    """A place that changed, with its rows."""

    label: str
    old_label: str
    rows: tuple[ComparedRow, ...]


@dataclass(frozen=True)
class SideBySide:
    """A whole 新旧対照表. ``unchanged``: the labels of the places left out."""

    title: str
    sheet: str
    new: str
    old: str
    places: tuple[PrintedPlace, ...]
    unchanged: tuple[str, ...]


def side_by_side(sheet: Sheet, comparison: SheetComparison) -> SideBySide:
    """Lay out what differs on the official form; of what is the same, only the labels."""
    return SideBySide(
        title=f"{sheet.edition.title}　新旧対照表",
        sheet=sheet.name,
        new=comparison.new.title,
        old=comparison.old.title,
        places=tuple(_place(place) for place in comparison.changed if place.is_printed),
        unchanged=tuple(place.label for place in comparison.unchanged if place.is_printed),
    )


def render_side_by_side(document: SideBySide, *, created: datetime) -> bytes:
    """Return the PDF of ``document``, A4 landscape; see ``printer.render_page``."""
    page = render_to_string(TEMPLATE, {"table": document})
    return printer.render_page(page, created=created, styles=STYLES)


def _place(place: Place) -> PrintedPlace:
    rows = (*_lines(place.lines), *_cells(place))
    return PrintedPlace(place.label, place.old_label, rows)


def _cells(place: Place) -> Iterator[ComparedRow]:
    for cell in place.cells:
        if cell.changed:
            new, old = (_own(cell.pieces, own) for own in (Origin.SECOND, Origin.FIRST))
            yield ComparedRow(RowSide("", new, cell.unseen), RowSide("", old), cell.label)


def _lines(lines: Iterable[ComparedLine]) -> Iterator[ComparedRow]:
    """Yield a row for each line; of many unchanged ones only those beside a change."""
    groups = [(same, list(group)) for same, group in groupby(lines, lambda x: x.fate == Fate.SAME)]
    for number, (same, group) in enumerate(groups):
        before = CONTEXT if number else 0
        after = CONTEXT if number + 1 < len(groups) else 0
        if not same or len(group) <= before + after + 1:
            yield from map(_line, group)
            continue
        yield from map(_line, group[:before])
        yield ComparedRow(RowSide(LEFT_OUT), RowSide(LEFT_OUT))
        yield from map(_line, group[len(group) - after :])


def _line(line: ComparedLine) -> ComparedRow:
    new, old = _NOTES.get(line.fate, ("", ""))
    return ComparedRow(
        RowSide(new, line.side(Origin.SECOND), line.unseen), RowSide(old, line.side(Origin.FIRST))
    )


def _own(pieces: Iterable[Piece], own: Origin) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece.origin in (Origin.BOTH, own))
