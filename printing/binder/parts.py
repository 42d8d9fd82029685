"""Add a part to the booklet: its pages, and what is read of it."""

import io
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

import pikepdf
import structlog

from printing.binder.copying import Copier
from printing.binder.model import NOT_AS_ASSUMED, Part
from printing.binder.structure import Tree, elements_in
from printing.binder.volume import BoundPage, Volume, drawing_of
from printing.binder.writer import reference, references, text
from printing.errors import PrintingError

logger = structlog.get_logger(__name__)


class Way(Enum):
    """How a part is bound; each way relies on less than the one before."""

    UNITED = "one set of fonts"
    OWN_FONTS = "fonts of its own"  # and its drawing as it stands
    PAGES_ONLY = "pages without structure"


@dataclass(frozen=True)
class BoundPart:
    """A part in the booklet. ``elements``: what is read of it, right below the Document."""

    pages: list[BoundPage]
    elements: list[int]


def add_part(volume: Volume, part: Part, number: int) -> BoundPart:
    """Add ``part``, the ``number``-th. Raises PrintingError for what is no PDF like ours."""
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
    volume: Volume, pdf: pikepdf.Pdf, number: int, title: str, first: Way = Way.UNITED
) -> BoundPart:
    """Add ``pdf`` in the first of the ways, from ``first``, that works.

    What is read of it is a Part with the ``title``, or stands for itself where that is empty.
    ``number`` sets the names of its elements apart from those of others.
    """
    ways = list(Way)[list(Way).index(first) :]
    for way, plainer in pairwise(ways):
        mark = volume.mark()
        try:
            return _add(volume, pdf, number, title, way)
        except NOT_AS_ASSUMED as error:
            volume.roll_back(mark)
            fault = type(error).__name__
            logger.warning("bound_plainly", part=number, how=plainer.value, error=fault)
    return _add(volume, pdf, number, title, ways[-1])


def _add(volume: Volume, pdf: pikepdf.Pdf, number: int, title: str, way: Way) -> BoundPart:
    writer, is_united = volume.writer, way == Way.UNITED
    copier = Copier(pdf, writer, volume.fonts if is_united else None)
    numbers = volume.reserve_pages(pdf, copier)
    tree = Tree(writer, copier, numbers, b"%05d" % number)
    parent = writer.reserve() if title else volume.document
    kids: list[int] = []
    if way != Way.PAGES_ONLY:
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
    volume.is_tagged &= way != Way.PAGES_ONLY
    volume.is_accessible &= b"pdfuaid:part" in pdf.Root.Metadata.read_bytes()
    return BoundPart(pages, [parent] if title else kids)
