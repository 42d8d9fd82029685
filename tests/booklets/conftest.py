"""A ministry whose sheets are really printed, and readers of the files made from it."""

from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest

from booklets.domain.queue import work_on
from booklets.domain.requests import request_booklet
from booklets.enums import BookletKind
from booklets.models import Booklet
from evaluations.models import Sheet
from tests.evaluations.scene import make_ministry


@pytest.fixture
def ministry():
    return make_ministry()


def ask(person, kind=BookletKind.PDF, sheets=None, selection=()):
    """Request a booklet of ``sheets``, by default of all."""
    ids = (
        [sheet.pk for sheet in sheets]
        if sheets
        else list(Sheet.objects.values_list("pk", flat=True))
    )
    return request_booklet(ids, kind=kind, selection=selection, actor=person)


def made(booklet):
    """Have the worker make ``booklet``, and return it as it is stored."""
    work_on(booklet.pk)
    return Booklet.objects.get(pk=booklet.pk)


def file_of(booklet):
    """Return the bytes of the file."""
    parts = booklet.parts.order_by("number").values_list("content", flat=True)
    return b"".join(bytes(part) for part in parts)


def text_of(pdf):
    """Return the text of a PDF without white space."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join("".join(p.get_textpage().get_text_range().split()) for p in document)


def unzipped(booklet):
    """Return the files of a ZIP by their names, in its order."""
    with ZipFile(BytesIO(file_of(booklet))) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}
