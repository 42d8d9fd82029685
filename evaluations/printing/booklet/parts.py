"""Add a part to the booklet: its pages, and what is read of it."""

import io
from dataclasses import dataclass

import pikepdf

from evaluations.printing.booklet.copying import Copier
from evaluations.printing.booklet.model import Part
from evaluations.printing.booklet.structure import Tree, elements_in
from evaluations.printing.booklet.volume import BoundPage, Volume
from evaluations.printing.booklet.writer import reference, references, text
from evaluations.printing.errors import PrintingError


@dataclass(frozen=True)
class BoundPart:
    """A part in the booklet. ``element``: what is read of it; ``is_accessible``: as it claims."""

    pages: list[BoundPage]
    element: int
    is_accessible: bool


def add_part(volume: Volume, part: Part, number: int) -> BoundPart:
    """Add ``part``, the ``number``-th. Raises PrintingError for what is no sheet of ours."""
    try:
        with pikepdf.open(io.BytesIO(part.pdf)) as pdf:
            return _add(volume, pdf, part.title, number)
    except (pikepdf.PdfError, AttributeError, KeyError, ValueError) as error:
        raise PrintingError(
            f"「{part.title}」のPDFを読み取れないため、冊子を作成できませんでした。"
            "このシートのPDFを開けるか確かめ、開けないときは管理者に連絡してください。"
        ) from error


def _add(volume: Volume, pdf: pikepdf.Pdf, title: str, number: int) -> BoundPart:
    writer = volume.writer
    copier = Copier(pdf, writer, volume.fonts)
    numbers = volume.reserve_pages(pdf, copier)
    tree = Tree(writer, copier, numbers, b"%05d" % number)
    element = writer.reserve()
    kids = [
        copied
        for document in elements_in(pdf.Root.StructTreeRoot)
        for kid in elements_in(document)
        if (copied := tree.copy(kid, element))
    ]
    body = b"<</S/Part/P %s/T%s/K%s>>"
    writer.add(body % (reference(volume.document), text(title), references(kids)), element)
    pages = [volume.add_page(page, copier, numbers[page.obj.objgen]) for page in pdf.pages]
    volume.add_holders(numbers.values(), tree.holders)
    return BoundPart(pages, element, b"pdfuaid:part" in pdf.Root.Metadata.read_bytes())
