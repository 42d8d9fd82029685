"""Adding a part to the merged PDF: its pages and its structure."""

import io
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

import pikepdf
import structlog

from printing.binder.copying import Copier
from printing.binder.model import NOT_AS_ASSUMED, SourcePdf
from printing.binder.structure import StructureCopier, elements_in
from printing.binder.volume import BoundPage, Volume, drawing_of
from printing.binder.writer import reference, references, text
from printing.errors import PrintingError

logger = structlog.get_logger(__name__)


class BindingMode(Enum):
    """How a part is merged; each mode relies on fewer assumptions than the one before."""

    UNITED = "one set of fonts"
    OWN_FONTS = "fonts of its own"  # and its content streams unchanged
    PAGES_ONLY = "pages without structure"


@dataclass(frozen=True)
class BoundPart:
    """A merged part. ``elements``: its structure elements directly below the Document."""

    pages: list[BoundPage]
    elements: list[int]


def add_part(volume: Volume, part: SourcePdf, number: int) -> BoundPart:
    """Add ``part``, the ``number``-th. Raises PrintingError if it cannot be merged."""
    try:
        with pikepdf.open(io.BytesIO(part.pdf)) as pdf:
            if not pdf.Root.keys() >= {"/StructTreeRoot", "/Metadata"}:
                raise ValueError("no tagged PDF for the archive")
            return add_pdf(volume, pdf, number, part.title)
    except NOT_AS_ASSUMED as error:
        raise PrintingError(
            f"「{part.title}」のPDFを読み取れないため、冊子を作成できませんでした。"
            "このPDFを開けるか確かめ、開けないときは管理者に連絡してください。"
        ) from error


def add_pdf(
    volume: Volume,
    pdf: pikepdf.Pdf,
    number: int,
    title: str,
    first: BindingMode = BindingMode.UNITED,
) -> BoundPart:
    """Add ``pdf`` in the first mode, from ``first`` on, that works.

    Its structure becomes a Part element with ``title``, or has no Part if that is empty.
    ``number`` makes the ids of its elements unique.
    """
    ways = list(BindingMode)[list(BindingMode).index(first) :]
    for way, plainer in pairwise(ways):
        mark = volume.mark()
        try:
            return _add(volume, pdf, number, title, way)
        except NOT_AS_ASSUMED as error:
            volume.roll_back(mark)
            fault = type(error).__name__
            logger.warning("bound_plainly", part=number, how=plainer.value, error=fault)
    return _add(volume, pdf, number, title, ways[-1])


def _add(volume: Volume, pdf: pikepdf.Pdf, number: int, title: str, way: BindingMode) -> BoundPart:
    writer, is_united = volume.writer, way == BindingMode.UNITED
    copier = Copier(pdf, writer, volume.fonts if is_united else None)
    numbers = volume.reserve_pages(pdf, copier)
    tree = StructureCopier(writer, copier, numbers, b"%05d" % number)
    parent = writer.reserve() if title else volume.document
    kids: list[int] = []
    if way != BindingMode.PAGES_ONLY:
        kids = [
            copied
            for document in elements_in(pdf.Root.StructTreeRoot)
            for kid in elements_in(document)
            if (copied := tree.copy(kid, parent))
        ]
    if title:
        body = b"<</S/Part/P %s/T%s/K%s>>"
        writer.add(body % (reference(volume.document), text(title), references(kids)), parent)
    pages = [
        volume.add_page(
            page,
            copier,
            numbers[page.obj.objgen],
            drawing=b"" if is_united else drawing_of(page.obj),
        )
        for page in pdf.pages
    ]
    volume.add_holders(numbers.values(), tree.holders)
    volume.is_tagged &= way != BindingMode.PAGES_ONLY
    volume.is_accessible &= b"pdfuaid:part" in pdf.Root.Metadata.read_bytes()
    return BoundPart(pages, [parent] if title else kids)
