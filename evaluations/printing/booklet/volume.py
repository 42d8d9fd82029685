"""The booklet while it is being bound: what every part adds to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import BinaryIO

from pikepdf import Array, Object, Page, Pdf

from evaluations.printing.booklet.content import STAMP, brief, enclosed
from evaluations.printing.booklet.copying import Copier, Place
from evaluations.printing.booklet.fonts import FontSet, Widths
from evaluations.printing.booklet.structure import Holders
from evaluations.printing.booklet.writer import Writer, reference, references

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


@dataclass
class Volume:
    """The objects that everything belongs to, and the indexes that grow with each part."""

    writer: Writer
    fonts: FontSet
    figures: Figures
    pages: int
    document: int
    held: int = 0
    holders: list[Leaf] = field(default_factory=list)
    ids: list[Leaf] = field(default_factory=list)

    @classmethod
    def begin(cls, target: BinaryIO, sample: Pdf) -> "Volume":
        """Begin a booklet whose page numbers are set in the one font of ``sample``."""
        writer = Writer(target)
        fonts = FontSet(writer)
        (font,) = sample.pages[0].Resources.Font.as_dict().values()
        number = fonts.place(font)
        figures = Figures(number, *fonts.lettering(number))
        return cls(writer, fonts, figures, writer.reserve(), writer.reserve())

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
        further = b"%s %s" % (STAMP, reference(self.figures.font))
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
