"""What a screen reader goes through: by a PDF's structure, and by the page it was made of.

One line for each element, set in by its depth: its role, its header's direction, its own words
without white space. A PDF that says something else than its page has lost, divided or reordered
something.
"""

import ctypes
import io
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pikepdf
import pypdfium2
from pypdfium2 import raw

from tests.printing.elements import Element, Piece, read

ROLES = {
    "h1": "H1",
    "h2": "H2",
    "p": "P",
    "section": "Sect",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "ul": "L",
    "li": "LBody",
    "u": "Span",
}
NEVER_CLOSED = {"br", "col", "meta", "link"}
SCOPES = {"row": "→", "col": "↓", "rowgroup": "↓"}
BULLET = "・"


def outline_of_pdf(pdf: bytes) -> list[str]:
    """Return the outline of the structure of ``pdf``, with the words its pages show."""
    words = words_of(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        document = read(opened)
        return [line for kid in document.elements for line in _lines(kid, words, 0)]


def read_aloud(pdf: bytes) -> str:
    """Return all the words of ``pdf`` in the order of its structure, without white space."""
    words = words_of(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return "".join(words.get(piece, "") for piece in read(opened).pieces())


def outline_of_page(page: str) -> list[str]:
    """Return the outline a PDF of the HTML ``page`` ought to have."""
    reader = _Page()
    reader.feed(page)
    return [line for kid in reader.root.kids for line in kid.lines(0)]


def words_of(pdf: bytes) -> dict[Piece, str]:
    """Return what each piece of marked content shows, as the page's fonts say it reads."""
    words: dict[Piece, str] = {}
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            text = page.get_textpage()
            for shown in page.get_objects([raw.FPDF_PAGEOBJ_TEXT]):
                mcid = raw.FPDFPageObj_GetMarkedContentID(shown)
                if mcid >= 0:
                    piece = Piece(number, mcid)
                    words[piece] = words.get(piece, "") + _text(shown, text)
    return words


def _text(shown: pypdfium2.PdfObject, page: pypdfium2.PdfTextPage) -> str:
    size = raw.FPDFTextObj_GetText(shown, page, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFTextObj_GetText(shown, page, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return re.sub(r"\s", "", buffer.raw[:size].decode("utf-16-le").rstrip("\0"))


def _lines(element: Element, words: dict[Piece, str], depth: int) -> list[str]:
    own = "".join(words.get(kid, "") for kid in element.kids if isinstance(kid, Piece))
    scope = {"/Row": "→", "/Column": "↓"}.get(str(element.attribute("/Scope")), "")
    lines = [_line(depth, element.role + scope, own)]
    return lines + [line for kid in element.elements for line in _lines(kid, words, depth + 1)]


def _line(depth: int, role: str, words: str) -> str:
    return f"{'  ' * depth}{role} {words}".rstrip()


@dataclass
class _Node:
    role: str
    words: str = ""
    kids: list["_Node"] = field(default_factory=list)

    def is_there(self) -> bool:
        return (
            bool(self.words)
            or self.role[:2] in {"TD", "TH"}
            or any(k.is_there() for k in self.kids)
        )

    def lines(self, depth: int) -> list[str]:
        if not self.is_there():
            return []
        return [
            _line(depth, self.role, self.words),
            *(line for kid in self.kids for line in kid.lines(depth + 1)),
        ]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = _Node("Document")
        self.open: list[tuple[str, _Node]] = [("html", self.root)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in NEVER_CLOSED:
            return
        node = within = self.open[-1][1]
        if tag == "head":
            node = _Node("")
        elif tag in ROLES:
            if tag == "li":
                item = _Node("LI", kids=[_Node("Lbl", BULLET)])
                within.kids.append(item)
                within = item
            node = _Node(ROLES[tag] + SCOPES.get(dict(attrs).get("scope") or "", ""))
            within.kids.append(node)
        self.open.append((tag, node))

    def handle_endtag(self, tag: str) -> None:
        if tag not in NEVER_CLOSED:
            assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.open[-1][1].words += re.sub(r"\s", "", data)
