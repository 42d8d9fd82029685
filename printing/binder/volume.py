"""The booklet while it is being bound: what every part adds to."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import BinaryIO, NamedTuple

import pikepdf
import structlog
from pikepdf import Array, Object, Page, Pdf

from printing.binder.copying import Copier, Place
from printing.binder.drawing import STAMP, brief, enclosed
from printing.binder.font_set import FontSet, Widths
from printing.binder.model import NOT_AS_ASSUMED, Front, Render
from printing.binder.structure import Holders
from printing.binder.writer import Writer, reference, references

logger = structlog.get_logger(__name__)

_OURS = frozenset({"/Type", "/Parent", "/Contents", "/Resources", "/StructParents", "/Annots"})


@dataclass(frozen=True)
class Figures:
    """The font that page numbers are set in: which glyph draws which letter."""

    font: int
    glyphs: dict[str, int]
    widths: Widths


@dataclass(frozen=True)
class BoundPage:
    """A page that is written. ``stamp``: the object that will say its number. Lengths in pt."""

    number: int
    stamp: int
    width: Decimal
    height: Decimal


@dataclass(frozen=True)
class Leaf:
    """A part of a tree of numbers or names, with the first and the last of them."""

    first: bytes
    last: bytes
    number: int


class Mark(NamedTuple):
    """How far the objects and the indexes of a booklet had grown."""

    written: int
    held: int
    holders: int
    ids: int


@dataclass
class Volume:
    """The objects that everything belongs to, and the indexes that grow with each part.

    ``figures`` is None where page numbers cannot be drawn. ``is_tagged``: whether everything is in
    the structure; ``is_accessible``: whether every part claims to follow PDF/UA as well.
    """

    writer: Writer
    fonts: FontSet
    figures: Figures | None
    pages: int
    document: int
    is_tagged: bool = True
    is_accessible: bool = True
    held: int = 0
    holders: list[Leaf] = field(default_factory=list)
    ids: list[Leaf] = field(default_factory=list)

    @classmethod
    def begin(cls, target: BinaryIO, front: Front, render: Render) -> "Volume":
        """Begin a booklet whose page numbers are set in the one font of ``front.numbers``."""
        sample = render(front.numbers, front.styles, front.created, {})
        writer = Writer(target)
        fonts = FontSet(writer)
        figures = None
        try:
            figures = _figures(sample, front, fonts)
        except NOT_AS_ASSUMED as error:
            fault = type(error).__name__
            logger.warning("bound_plainly", how="without page numbers", error=fault)
        return cls(writer, fonts, figures, writer.reserve(), writer.reserve())

    def mark(self) -> Mark:
        """Return where the booklet stands, to come back to."""
        return Mark(self.writer.mark(), self.held, len(self.holders), len(self.ids))

    def roll_back(self, mark: Mark) -> None:
        """Forget what was added since ``mark``. What is written stays, and nothing leads to it."""
        self.writer.abandon(mark.written)
        self.held = mark.held
        del self.holders[mark.holders :], self.ids[mark.ids :]

    def reserve_pages(self, pdf: Pdf, copier: Copier) -> dict[Place, int]:
        """Give the pages of ``pdf`` their numbers in the booklet."""
        numbers = {page.obj.objgen: self.writer.reserve() for page in pdf.pages}
        for page in pdf.pages:
            copier.know(page.obj, numbers[page.obj.objgen])
        return numbers

    def add_page(
        self,
        page: Page,
        copier: Copier,
        number: int,
        *,
        drawing: bytes = b"",
        annotations: Sequence[int] = (),
    ) -> BoundPage:
        """Write ``page`` under ``number``, drawn by ``drawing`` if that was changed.

        Pages are added in their order, and their holders after them.
        """
        writer, stamp = self.writer, self.writer.reserve()
        content = writer.add_stream(enclosed(drawing or brief(drawing_of(page.obj))))
        further = b"%s %s" % (STAMP, reference(self.figures.font)) if self.figures else b""
        resources = copier.resources(page.Resources, further)
        annots = b"/Annots" + references(annotations) if annotations else b""
        writer.add(
            b"<</Type/Page/Parent %s%s/Resources %s/Contents%s/StructParents %d%s>>"
            % (
                reference(self.pages),
                copier.entries(page.obj, _OURS),
                reference(resources),
                references([content, stamp]),
                self.held,
                annots,
            ),
            number,
        )
        self.held += 1
        left, bottom, right, top = (Decimal(str(edge)) for edge in page.mediabox)
        return BoundPage(number, stamp, right - left, top - bottom)

    def add_holders(self, pages: Iterable[int], holders: Holders) -> None:
        """Index which element holds what, of ``pages`` that were the last to be added."""
        pages = list(pages)
        first = self.held - len(pages)
        listed = [
            b"%d %s" % (index, _listed(holders.of_content.get(page, {})))
            for index, page in enumerate(pages, first)
        ]
        listed += [
            b"%d %s" % (self.held + index, reference(element))
            for index, element in enumerate(holders.of_annotations)
        ]
        self.held += len(holders.of_annotations)
        self.holders.append(self._leaf(b"/Nums", b"%d" % first, b"%d" % (self.held - 1), listed))
        if holders.ids:
            names = sorted((b"(%s)" % name, number) for name, number in holders.ids)
            listed = [b"%s %s" % (name, reference(number)) for name, number in names]
            self.ids.append(self._leaf(b"/Names", names[0][0], names[-1][0], listed))

    def _leaf(self, kind: bytes, first: bytes, last: bytes, listed: list[bytes]) -> Leaf:
        body = b"<<%s[%s]/Limits[%s %s]>>" % (kind, b" ".join(listed), first, last)
        return Leaf(first, last, self.writer.add(body))


def _figures(sample: bytes, front: Front, fonts: FontSet) -> Figures:
    with pikepdf.open(io.BytesIO(sample)) as pdf:
        (font,) = pdf.pages[0].Resources.Font.as_dict().values()
        number = fonts.place(font)
        figures = Figures(number, *fonts.lettering(number))
    if not figures.glyphs.keys() >= front.letters:
        raise ValueError("letters of the page numbers are set in another font")
    return figures


def drawing_of(page: Object) -> bytes:
    """Return everything that draws ``page``."""
    contents = page.Contents
    streams = contents if isinstance(contents, Array) else [contents]
    return b"\n".join(stream.read_bytes() for stream in streams)


def _listed(holders: dict[int, int]) -> bytes:
    last = max(holders, default=-1)
    return b"[%s]" % b" ".join(
        reference(holders[content]) if content in holders else b"null"
        for content in range(last + 1)
    )
