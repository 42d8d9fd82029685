"""A checker of our own for the structure of a PDF: what a screen reader and an archive rely on.

It knows nothing of how the PDF was made. ``faults`` says in words what is wrong; an empty list
means *checked*, not certified.
"""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pikepdf
from pikepdf import Array, Dictionary, Object

from tests.evaluations.printing.archive import archive_faults
from tests.evaluations.printing.painting import painting_faults

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
}
# What an element has to stand in.
PARENTS = {
    "TR": {"THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "Lbl": {"LI"},
    "LBody": {"LI"},
}
BLOCKS = {"P", "H1", "H2", "H3", "Table", "L", "Sect"}
ROLES = {*KIDS, *PARENTS, *BLOCKS, "Document", "Span", "Figure"}
CANNOT_HOLD_BLOCKS = {"P", "H1", "H2", "H3", "Span", "Lbl"}


@dataclass(frozen=True)
class Piece:
    """Marked content: the page it stands on, from 0, and its number there."""

    page: int
    mcid: int


@dataclass
class Element:
    """A structure element as it is written."""

    role: str
    written: Object
    kids: list["Element | Piece"] = field(default_factory=list)

    @property
    def elements(self) -> list["Element"]:
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def below(self, role: str = "") -> Iterator["Element"]:
        for kid in self.elements:
            if kid.role == role or not role:
                yield kid
            yield from kid.below(role)

    def pieces(self) -> Iterator[Piece]:
        for kid in self.kids:
            yield from kid.pieces() if isinstance(kid, Element) else [kid]

    def attribute(self, name: str, otherwise: object = None) -> object:
        return self.written.get("/A", Dictionary()).get(name, otherwise)


def faults(pdf: bytes) -> list[str]:
    """Return what is wrong with ``pdf``, each in words."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = list(archive_faults(opened))
        if "/StructTreeRoot" not in opened.Root:
            return [*found, "there is no structure"]
        document = read(opened)
        found += painting_faults(opened)
        found += _held(opened, document)
        for element in (document, *document.below()):
            found += _element(element)
        found += _headings(document)
        found += _order(document)
        for table in document.below("Table"):
            found += _table(table)
        found += _fragments(document)
    return found


def read(pdf: pikepdf.Pdf) -> Element:
    """Return the one Document of ``pdf``."""
    index = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    root = pdf.Root.StructTreeRoot
    kids = list(root.K) if isinstance(root.K, Array) else [root.K]
    assert len(kids) == 1, "one root element"
    return _read(kids[0], index)


def _read(written: Object, index: dict[tuple[int, int], int]) -> Element:
    element = Element(str(written.S)[1:], written)
    kids = written.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, int):
            element.kids.append(Piece(index[written.Pg.objgen], kid))
        elif kid.get("/Type") == "/MCR":
            element.kids.append(Piece(index[kid.get("/Pg", written.get("/Pg")).objgen], kid.MCID))
        else:
            element.kids.append(_read(kid, index))
    return element


def _held(pdf: pikepdf.Pdf, document: Element) -> Iterator[str]:
    """Each piece is held once, and the page's array names the element that holds it."""
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    arrays = dict(zip(list(numbers)[::2], list(numbers)[1::2], strict=True))
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


def _headings(document: Element) -> Iterator[str]:
    levels = [int(e.role[1:]) for e in document.below() if e.role in {"H1", "H2", "H3"}]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield f"the headings are {levels}, not one H1 and what is below it"
    for above, level in pairwise(levels):
        if level > above + 1:
            yield f"an H{level} follows an H{above}"


def _order(document: Element) -> Iterator[str]:
    """The structure goes as the pages are painted, but for the note in the first page's margin."""
    kids = document.elements
    while kids and kids[0].role == "P":
        kids = kids[1:]
    pieces = [(piece.page, piece.mcid) for kid in kids for piece in kid.pieces()]
    for before, after in pairwise(pieces):
        if after < before:
            yield f"{after} is read after {before}"


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


def _fragments(document: Element) -> Iterator[str]:
    """Where a page ends with a table and the next begins with one of its kind, they are one."""
    for element in (document, *document.below()):
        tables = [(kid, list(kid.pieces())) for kid in element.elements]
        for (first, before), (second, after) in pairwise(tables):
            if first.role == second.role and first.role in {"Table", "Art", "Sect"}:
                divided = before and after and before[-1].page + 1 == after[0].page
                alike = first.role != "Table" or {*map(_width, rows_of(first))} == {
                    *map(_width, rows_of(second))
                }
                if divided and alike:
                    yield f"a {first.role} in two fragments, from page {before[-1].page}"
