"""A checker of our own for the structure of a PDF: what a screen reader and an archive rely on.

It knows nothing of how the PDF was made. ``faults`` says in words what is wrong; an empty list
means *checked*, not certified.
"""

import io
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

import pikepdf
from pikepdf import Array

from tests.printing.archive import archive_faults
from tests.printing.elements import Element, Piece, parent_tree, read, tree_faults
from tests.printing.linking import link_faults
from tests.printing.painting import painted, painting_faults, stamp_faults

CELLS = {"TH", "TD"}
# What an element may hold, where that is not left to the element.
KIDS = {
    "Table": {"THead", "TBody", "TFoot"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": CELLS,
    "L": {"LI"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"TOCI"},
    "TOCI": {"Reference"},
    "Reference": {"Link"},
}
# What an element has to stand in.
PARENTS = {
    "TR": {"THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "Lbl": {"LI"},
    "LBody": {"LI"},
    "TOC": {"Sect"},
    "TOCI": {"TOC"},
    "Reference": {"TOCI"},
    "Link": {"Reference"},
    "Part": {"Document"},
}
BLOCKS = {"P", "H1", "H2", "H3", "Table", "L", "Sect", "Part", "TOC"}
ROLES = {*KIDS, *PARENTS, *BLOCKS, "Document", "Span", "Figure"}
CANNOT_HOLD_BLOCKS = {"P", "H1", "H2", "H3", "Span", "Lbl", "Link"}


def faults(pdf: bytes) -> list[str]:
    """Return what is wrong with ``pdf``, a paper or a booklet of papers, each in words."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = list(archive_faults(opened))
        if "/StructTreeRoot" not in opened.Root:
            return [*found, "there is no structure"]
        document = read(opened)
        found += painting_faults(opened)
        found += tree_faults(opened, document)
        found += link_faults(opened, document)
        found += _held(opened, document)
        for element in (document, *document.below()):
            found += _element(element)
        for table in document.below("Table"):
            found += _table(table)
        order = painted(opened)
        wholes = _wholes(document)
        for whole in wholes:
            found += _headings(whole)
            found += _order(whole, order)
            found += _fragments(whole)
        found += _succession(wholes)
        if wholes != [document]:
            found += stamp_faults(opened)
    return found


def _wholes(document: Element) -> list[Element]:
    """Return what is read for itself: all of a paper; of a booklet its front and its parts."""
    is_bound = any(kid.role == "Part" for kid in document.elements)
    return document.elements if is_bound else [document]


def _held(pdf: pikepdf.Pdf, document: Element) -> Iterator[str]:
    """Each piece is held once, and the page's array names the element that holds it."""
    arrays = parent_tree(pdf)
    holders = {
        piece: element.written.objgen
        for element in (document, *document.below())
        for piece in element.kids
        if isinstance(piece, Piece)
    }
    times = Counter(document.pieces())
    yield from (f"{piece} is held {n} times" for piece, n in times.items() if n > 1)
    for number, page in enumerate(pdf.pages):
        array = list(arrays.get(page.obj.get("/StructParents"), []))
        held = {piece.mcid: holder for piece, holder in holders.items() if piece.page == number}
        named = {n: each.objgen for n, each in enumerate(array) if each is not None}
        for mcid in sorted(held.keys() | named.keys()):
            if held.get(mcid) != named.get(mcid):
                yield f"page {number}: the parent tree is wrong about {mcid}"


def _element(element: Element) -> Iterator[str]:
    role, within = element.role, KIDS.get(element.role)
    if role not in ROLES:
        yield f"{role} is no role of ours"
    if not element.kids and role not in CELLS:
        yield f"an empty {role}"
    if role == "Part" and not str(element.written.get("/T", "")).strip():
        yield "a Part without a title"
    if role == "Figure" and not str(element.written.get("/Alt", "")):
        yield "a Figure without an alternative"
    if within and any(isinstance(kid, Piece) for kid in element.kids):
        yield f"content directly in a {role}"
    for kid in element.elements:
        if (within and kid.role not in within) or role not in PARENTS.get(kid.role, {role}):
            yield f"a {kid.role} in a {role}"
        if role in CANNOT_HOLD_BLOCKS and kid.role in BLOCKS:
            yield f"a {kid.role} in a {role}"
        if kid.written.P.objgen != element.written.objgen:
            yield f"a {kid.role} in a {role} says it has another parent"


def _headings(whole: Element) -> Iterator[str]:
    levels = [int(e.role[1:]) for e in whole.below() if e.role in {"H1", "H2", "H3"}]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield f"the headings are {levels}, not one H1 and what is below it"
    for above, level in pairwise(levels):
        if level > above + 1:
            yield f"an H{level} follows an H{above}"


def _order(whole: Element, order: Mapping[tuple[int, int], int]) -> Iterator[str]:
    """The structure goes as the pages are painted, but for the note in the first page's margin."""
    kids = whole.elements
    while kids and kids[0].role == "P":
        kids = kids[1:]
    pieces = [(piece.page, piece.mcid) for kid in kids for piece in kid.pieces()]
    for before, after in pairwise(pieces):
        if (after[0], order.get(after, -1)) < (before[0], order.get(before, -1)):
            yield f"{after} is read after {before}"


def _succession(wholes: list[Element]) -> Iterator[str]:
    """Each begins on a page of its own, after the last of what is before it."""
    pages = [[piece.page for piece in whole.pieces()] for whole in wholes]
    for before, after in pairwise(filter(None, pages)):
        if min(after) <= max(before):
            yield f"what is on page {min(after)} is read after page {max(before)}"


def rows_of(table: Element) -> list[Element]:
    """Return the rows of ``table``, but not those of a table inside it."""
    return [row for part in table.elements for row in part.elements]


def _width(row: Element) -> int:
    return sum(int(cell.attribute("/ColSpan", 1)) for cell in row.elements)


def _table(table: Element) -> Iterator[str]:
    rows = rows_of(table)
    widths = {_width(row) for row in rows}
    if len(widths) != 1:
        yield f"a table with rows of {sorted(widths)} columns"
        return
    (width,) = widths
    names = {str(cell.written.ID) for row in rows for cell in row.elements if "/ID" in cell.written}
    above: set[int] = set()
    for row in rows:
        column, labels = 0, 0
        for cell in row.elements:
            span = int(cell.attribute("/ColSpan", 1))
            here = set(range(column, column + span))
            column += span
            headers = {str(each) for each in cell.attribute("/Headers", Array())}
            if headers - names:
                yield f"a cell names headers its table lacks: {sorted(headers - names)}"
            if cell.role == "TD":
                if not (headers or labels or here <= above or span == width):
                    yield "a cell without a header"
                if labels > 1 and len(headers) != 1:
                    yield "a cell after several labels does not say which is its own"
                continue
            scope = str(cell.attribute("/Scope", ""))
            if scope not in {"/Row", "/Column"}:
                yield f"a header with the scope {scope or 'none'}"
            labels += scope == "/Row"
            above |= here if scope == "/Column" else set()


def _fragments(whole: Element) -> Iterator[str]:
    """Where a page ends with a table and the next begins with one of its kind, they are one."""
    for element in (whole, *whole.below()):
        tables = [(kid, list(kid.pieces())) for kid in element.elements]
        for (first, before), (second, after) in pairwise(tables):
            if first.role == second.role and first.role in {"Table", "Art", "Sect"}:
                divided = before and after and before[-1].page + 1 == after[0].page
                alike = first.role != "Table" or {*map(_width, rows_of(first))} == {
                    *map(_width, rows_of(second))
                }
                if divided and alike:
                    yield f"a {first.role} in two fragments, from page {before[-1].page}"
