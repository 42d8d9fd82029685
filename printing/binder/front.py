"""Front matter: cover and contents, rendered by our printer, then numbered and linked.

The first page of each part depends on the length of the contents. So the contents are rendered
without page numbers, which are drawn afterwards into the space left for them.
"""

import io
from dataclasses import dataclass

import pikepdf
import structlog
from pikepdf import Object

from printing.binder.contents_page import ContentsPage, ContentsRow
from printing.binder.copying import Copier, ObjGen
from printing.binder.model import NOT_AS_ASSUMED, ContentsEntry, Front, Render
from printing.binder.parts import BindingMode, add_pdf
from printing.binder.structure import StructureCopier, contents_of, elements_in
from printing.binder.volume import BoundPage, DigitFont, Volume
from printing.binder.writer import reference, references, text

logger = structlog.get_logger(__name__)

_MOST_SETTINGS = 3


@dataclass(frozen=True)
class BoundFront:
    """The merged front matter: its pages, structure elements, and source PDF."""

    pages: list[BoundPage]
    elements: list[int]
    pdf: bytes


def add_front(
    volume: Volume,
    front: Front,
    render: Render,
    entries: list[ContentsEntry],
    targets: list[BoundPage],
) -> BoundFront:
    """Add ``front`` with links to the parts. ``targets``: the pages of all parts."""
    pdf = render(front.html(entries, 0), front.styles, front.created, {})
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        mark = volume.mark()
        try:
            if volume.figures is None:
                raise ValueError("page numbers cannot be drawn")
            pages, elements = _Adding(volume, opened, volume.figures).add(entries, targets)
            return BoundFront(pages, elements, pdf)
        except NOT_AS_ASSUMED as error:
            volume.roll_back(mark)
            fault = type(error).__name__
            logger.warning("bound_plainly", how="contents without links", error=fault)
        return _plain(volume, front, render, entries, len(opened.pages))


def _plain(
    volume: Volume, front: Front, render: Render, entries: list[ContentsEntry], before: int
) -> BoundFront:
    """Add ``front`` with page numbers rendered by the printer, without links."""
    for _ in range(_MOST_SETTINGS):
        pdf = render(front.html(entries, before), front.styles, front.created, {})
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            if len(opened.pages) == before:
                bound = add_pdf(volume, opened, 0, "", BindingMode.OWN_FONTS)
                return BoundFront(bound.pages, bound.elements, pdf)
            before = len(opened.pages)
    raise ValueError("the contents take another number of pages each time they are set")


class _Adding:
    def __init__(self, volume: Volume, pdf: pikepdf.Pdf, figures: DigitFont) -> None:
        self._volume, self._writer, self._pdf = volume, volume.writer, pdf
        self._figures = figures
        self._copier = Copier(pdf, volume.writer, volume.fonts)
        self._numbers = volume.reserve_pages(pdf, self._copier)
        self._tree = StructureCopier(volume.writer, self._copier, self._numbers, b"00000")
        self._pages = {page.obj.objgen: ContentsPage.of(page) for page in pdf.pages}

    def add(
        self, entries: list[ContentsEntry], targets: list[BoundPage]
    ) -> tuple[list[BoundPage], list[int]]:
        cover, contents = self._writer.reserve(), self._writer.reserve()
        elements = _elements(self._pdf.Root.StructTreeRoot)
        texts = [each for each in elements if each.S in ("/H1", "/P")]
        is_cover = [next(contents_of(each))[0] == self._pdf.pages[0].obj.objgen for each in texts]
        on_cover = [each for each, first in zip(texts, is_cover, strict=True) if first]
        headings = [each for each, first in zip(texts, is_cover, strict=True) if not first]
        rows = [each for each in elements if each.S == "/LI"]
        self._section(cover, [self._tree.copy(each, cover) for each in on_cover])
        table = self._writer.reserve()
        self._section(contents, [*(self._tree.copy(e, contents) for e in headings), table])
        items = [
            self._item(table, row, entry, targets[entry.first])
            for row, entry in zip(rows, entries, strict=True)
        ]
        body = b"<</S/TOC/P %s/K%s>>" % (reference(contents), references(items))
        self._writer.add(body, table)
        return self._bound(), [cover, contents]

    def _section(self, number: int, kids: list[int | None]) -> None:
        listed = references(kid for kid in kids if kid)
        body = b"<</S/Sect/P %s/K%s>>" % (reference(self._volume.document), listed)
        self._writer.add(body, number)

    def _item(self, table: int, row: Object, entry: ContentsEntry, target: BoundPage) -> int:
        """Write the structure element of a row, with a link to the first page of the part."""
        writer = self._writer
        held = list(contents_of(row))
        place = held[0][0]
        page, number = self._pages[place], self._numbers[place]
        words = [content for _, content in held]
        on = len(self._numbers) + entry.first + 1
        content, area = page.number(words, str(on), self._figures)
        item, cited, link = writer.reserve(), writer.reserve(), writer.reserve()
        annotation = self._annotation(area, entry, target)
        page.annotations.append(annotation)
        self._tree.holders.of_annotations.append(link)
        for each in (*words, content):
            self._tree.holders.hold(number, each, link)
        kids = b" ".join(b"%d" % each for each in (*words, content))
        page_of_it = reference(number)
        writer.add(b"<</S/TOCI/P %s/K %s>>" % (reference(table), reference(cited)), item)
        writer.add(b"<</S/Reference/P %s/K %s>>" % (reference(item), reference(link)), cited)
        writer.add(
            b"<</S/Link/P %s/Pg %s/K[<</Type/OBJR/Pg %s/Obj %s>> %s]>>"
            % (reference(cited), page_of_it, page_of_it, reference(annotation), kids),
            link,
        )
        return item

    def _annotation(self, area: ContentsRow, entry: ContentsEntry, target: BoundPage) -> int:
        edges = b" ".join(b"%.2f" % edge for edge in (area.left, area.bottom, area.right, area.top))
        holder = self._volume.held + len(self._pages) + len(self._tree.holders.of_annotations)
        return self._writer.add(
            b"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[%s]/Contents%s/StructParent %d"
            b"/Dest%s>>" % (edges, text(entry.title), holder, destination(target))
        )

    def _bound(self) -> list[BoundPage]:
        volume = self._volume
        pages = []
        for page in self._pdf.pages:
            place: ObjGen = page.obj.objgen
            drawing, number = self._pages[place], self._numbers[place]
            pages.append(
                volume.add_page(
                    page,
                    self._copier,
                    number,
                    drawing=drawing.drawn(),
                    annotations=drawing.annotations,
                )
            )
        volume.add_holders(self._numbers.values(), self._tree.holders)
        return pages


def destination(page: BoundPage) -> bytes:
    """Return the top of ``page`` as a destination for a link or bookmark."""
    return b"[%s/XYZ null %.2f null]" % (reference(page.number), page.height)


def _elements(element: Object) -> list[Object]:
    """Return the headings, paragraphs and rows below ``element``, in order."""
    found: list[Object] = []
    for each in elements_in(element):
        found += [each] if each.S in ("/H1", "/P", "/LI") else _elements(each)
    return found
