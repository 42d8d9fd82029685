"""A ministry whose sheets have real paper, and ways to look into what is made of it."""

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
    """Ask for a booklet of ``sheets``, by default of all there are."""
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
    """Return the words of a PDF without any white space."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join("".join(p.get_textpage().get_text_range().split()) for p in document)


def unzipped(booklet):
    """Return the files of a ZIP by their names, in its order."""
    with ZipFile(BytesIO(file_of(booklet))) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}
