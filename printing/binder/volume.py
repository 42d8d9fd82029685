"""The merged PDF in progress, to which every part is added."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import BinaryIO, NamedTuple

import pikepdf
import structlog
from pikepdf import Array, Object, Page, Pdf

from printing.binder.copying import Copier, ObjGen
from printing.binder.drawing import STAMP, brief, enclosed
from printing.binder.font_set import FontSet, Widths
from printing.binder.model import NOT_AS_ASSUMED, Front, Render
from printing.binder.structure import ContentHolders
from printing.binder.writer import Writer, reference, references

logger = structlog.get_logger(__name__)

_REPLACED_KEYS = frozenset(
    {"/Type", "/Parent", "/Contents", "/Resources", "/StructParents", "/Annots"}
)


@dataclass(frozen=True)
class DigitFont:
    """The font of the page numbers: glyph ids by character, and widths."""

    font: int
    glyphs: dict[str, int]
    widths: Widths


@dataclass(frozen=True)
class BoundPage:
    """A written page. ``stamp``: the object that will draw its number. Lengths are in pt."""

    number: int
    stamp: int
    width: Decimal
    height: Decimal


@dataclass(frozen=True)
class TreeLeaf:
    """A leaf of a number tree or name tree, with its first and last key."""

    first: bytes
    last: bytes
    number: int


class Mark(NamedTuple):
    """A savepoint of a ``Volume``."""

    written: int
    held: int
    holders: int
    ids: int


@dataclass
class Volume:
    """The writer, the merged fonts, and the trees that grow with each part.

    ``figures`` is None if page numbers cannot be drawn. ``is_tagged``: whether all parts are
    tagged; ``is_accessible``: whether all parts claim PDF/UA as well.
    """

    writer: Writer
    fonts: FontSet
    figures: DigitFont | None
    pages: int
    document: int
    is_tagged: bool = True
    is_accessible: bool = True
    held: int = 0
    holders: list[TreeLeaf] = field(default_factory=list)
    ids: list[TreeLeaf] = field(default_factory=list)

    @classmethod
    def begin(cls, target: BinaryIO, front: Front, render: Render) -> "Volume":
        """Start a merged PDF whose page numbers use the font of ``front.numbers``."""
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
        """Return a savepoint for ``roll_back``."""
        return Mark(self.writer.mark(), self.held, len(self.holders), len(self.ids))

    def roll_back(self, mark: Mark) -> None:
        """Discard what was added since ``mark``. Written objects stay, unreferenced."""
        self.writer.abandon(mark.written)
        self.held = mark.held
        del self.holders[mark.holders :], self.ids[mark.ids :]

    def reserve_pages(self, pdf: Pdf, copier: Copier) -> dict[ObjGen, int]:
        """Reserve object numbers for the pages of ``pdf``."""
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
        """Write ``page`` under ``number``, with ``drawing`` as its content stream if changed.

        Add pages in order, and their holders after them.
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
                copier.entries(page.obj, _REPLACED_KEYS),
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

    def add_holders(self, pages: Iterable[int], holders: ContentHolders) -> None:
        """Add the parent tree entries of ``pages``, the last pages added."""
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

    def _leaf(self, kind: bytes, first: bytes, last: bytes, listed: list[bytes]) -> TreeLeaf:
        body = b"<<%s[%s]/Limits[%s %s]>>" % (kind, b" ".join(listed), first, last)
        return TreeLeaf(first, last, self.writer.add(body))


def _figures(sample: bytes, front: Front, fonts: FontSet) -> DigitFont:
    with pikepdf.open(io.BytesIO(sample)) as pdf:
        (font,) = pdf.pages[0].Resources.Font.as_dict().values()
        number = fonts.place(font)
        figures = DigitFont(number, *fonts.lettering(number))
    if not figures.glyphs.keys() >= front.letters:
        raise ValueError("letters of the page numbers are set in another font")
    return figures


def drawing_of(page: Object) -> bytes:
    """Return the whole content stream of ``page``."""
    contents = page.Contents
    streams = contents if isinstance(contents, Array) else [contents]
    return b"\n".join(stream.read_bytes() for stream in streams)


def _listed(holders: dict[int, int]) -> bytes:
    last = max(holders, default=-1)
    return b"[%s]" % b" ".join(
        reference(holders[content]) if content in holders else b"null"
        for content in range(last + 1)
    )
