"""A PDF of the form read back: the cells its rules enclose, and the letters inside them.

The rules are seen in a picture of the page, the letters asked of the PDF. So a rule counts only
where its ink runs without a gap from side to side. Lengths are points, from the upper left.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

SCALE = 2  # pixels in a point
MARGIN = 15.05 / 25.4 * 72  # beside the frame
FOOT = 40  # below the last line: the page number
HEAD = 45  # above the title: the draft note
PAPER = 235  # of 255: a fine rule between two pixels is pale in both
MERGED = 3  # pixels: what lies closer is one rule


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels, between its rules."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True)
class Letter:
    """A letter where it is printed; its box is as wide as it advances.

    ``order``: as written. ``cell``: what rules enclose it, None outside the form.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    order: int
    page: int
    cell: Box | None = None

    @property
    def height(self) -> float:
        """How far down the page its middle is."""
        return (self.top + self.bottom) / 2

    def is_in(self, box: Box) -> bool:
        """Whether its middle is in ``box``."""
        x, y = (self.left + self.right) / 2 * SCALE, self.height * SCALE
        return box.left <= x < box.right and box.top <= y < box.bottom


@dataclass
class Cell:
    """What rules enclose: ``rows`` below each other, or a ``pair`` side by side, or letters.

    A row of many cells is a pair of the first and all the others.
    """

    box: Box
    letters: list[Letter] = field(default_factory=list)
    rows: list["Cell"] = field(default_factory=list)
    pair: "tuple[Cell, Cell] | None" = None

    def leaves(self) -> Iterator["Cell"]:
        """Yield the cells that hold letters, in reading order."""
        parts = self.rows or self.pair or ()
        for part in parts:
            yield from part.leaves()
        if not parts:
            yield self

    @property
    def text(self) -> str:
        """What stands in it, without white space."""
        return "".join(letter.text for leaf in self.leaves() for letter in leaf.letters)


@dataclass(frozen=True)
class Page:
    """A page: its form (None where its frame is open), and the letters outside."""

    number: int
    form: Cell | None
    outside: tuple[Letter, ...]
    letters: tuple[Letter, ...]


def read(pdf: bytes) -> list[Page]:
    """Return the pages of ``pdf``."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_page(page, number) for number, page in enumerate(document, start=1)]


def _page(page: pypdfium2.PdfPage, number: int) -> Page:
    letters = tuple(_letters(page, number))
    picture = page.render(scale=SCALE, grayscale=True).to_pil()
    form = _form(picture.point(lambda value: 255 * (value >= PAPER)))
    inside: set[int] = set()
    for leaf in form.leaves() if form else ():
        own = [letter for letter in letters if letter.is_in(leaf.box)]
        leaf.letters = [replace(letter, cell=leaf.box) for letter in own]
        inside.update(letter.order for letter in own)
    outside = tuple(letter for letter in letters if letter.order not in inside)
    return Page(number, form, outside, letters)


def _form(ink: Image.Image) -> Cell | None:
    """Return the form whose rules are black in ``ink``; None unless its frame is closed."""
    left, right = round(MARGIN * SCALE), ink.width - round(MARGIN * SCALE)
    rules = _black(
        ink.crop((left + 1, 0, right - 1, ink.height - FOOT * SCALE)), down=True, inside=False
    )
    if len(rules) < 2:
        return None
    top, bottom = rules[0][0], rules[-1][1]
    sides = _black(ink.crop((left - 1, top, right + 1, bottom)), down=False, inside=False)
    if len(sides) < 2 or sides[0][0] > MERGED or sides[-1][1] < right - left + 2 - MERGED:
        return None
    left, right = left - 1 + sides[0][1], left - 1 + sides[-1][0]
    return _cell(ink, Box(left, rules[0][1], right, rules[-1][0]))


def _cell(ink: Image.Image, box: Box) -> Cell:
    """Return the cell in ``box``, divided by the rules that cross all of it."""
    inside = ink.crop((box.left, box.top, box.right, box.bottom))
    if across := _black(inside, down=True):
        edges = [0, *(y for rule in across for y in rule), box.bottom - box.top]
        bands = [
            Box(box.left, box.top + upper, box.right, box.top + lower)
            for upper, lower in zip(edges[::2], edges[1::2], strict=True)
        ]
        return Cell(box, rows=[_cell(ink, band) for band in bands])
    if down := _black(inside, down=False):
        left = Box(box.left, box.top, box.left + down[0][0], box.bottom)
        rest = Box(box.left + down[0][1], box.top, box.right, box.bottom)
        return Cell(box, pair=(_cell(ink, left), _cell(ink, rest)))
    return Cell(box)


def _black(ink: Image.Image, *, down: bool, inside: bool = True) -> list[tuple[int, int]]:
    """Return where rules cross all of ``ink``: from which pixel to which (the end is without).

    ``down``: rules lie below each other; else beside each other. ``inside``: but at its edges.
    """
    length = ink.height if down else ink.width
    size = (1, length) if down else (length, 1)
    if not all(ink.size):
        return []
    shade = ink.resize(size, Image.Resampling.BOX).tobytes()
    rules: list[tuple[int, int]] = []
    for place, value in enumerate(shade):
        if value or (inside and not MERGED <= place < length - MERGED):
            continue
        if rules and place - rules[-1][1] < MERGED:
            rules[-1] = (rules[-1][0], place + 1)
        else:
            rules.append((place, place + 1))
    return rules


def _letters(page: pypdfium2.PdfPage, number: int) -> Iterator[Letter]:
    height, text, box = page.get_height(), page.get_textpage(), pdfium.FS_RECTF()
    high = 0
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        if pdfium.FPDFText_IsGenerated(text, index) == 1 or chr(code).isspace():
            continue
        pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box))
        # PDFium tells a hyphen at the end of a line from one inside it.
        letter = "-" if code in (2, 0xFFFE) else chr(code)
        yield Letter(
            letter, box.left, height - box.top, box.right, height - box.bottom, index, number
        )
