"""Parts to bind, and ways to look at what came of them."""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from booklets.paper.binding import Cover, bind_sheets
from evaluations.paper.rendering import render_pdf
from printing.binder import SourcePdf
from tests.evaluations.paper.conftest import row, sheet, sheet_with_everything, text
from tests.weasyprint_log import no_warning_of_weasyprint  # noqa: F401 -- used by every test

COVER = Cover("令和元年度　評価シート", ("確定したもの",), datetime(2020, 4, 1, 3, 30, tzinfo=UTC))
# The lower right corner, where the booklet's own number stands: in parts of the page.
_CORNER = (0.75, 0.95)


class Booklet:
    """A booklet and what it was made of."""

    def __init__(self, data: bytes, parts: list[SourcePdf]) -> None:
        self.data = data
        self.parts = parts

    @contextmanager
    def opened(self) -> Iterator[pikepdf.Pdf]:
        with pikepdf.open(io.BytesIO(self.data)) as pdf:
            yield pdf

    @property
    def texts(self) -> list[str]:
        return texts_of(self.data)

    @property
    def pictures(self) -> list[Image.Image]:
        return pictures_of(self.data)

    @property
    def front(self) -> int:
        """How many pages cover and contents have."""
        return len(self.texts) - sum(len(texts_of(part.pdf)) for part in self.parts)

    def first_pages(self) -> list[int]:
        """On which page each part begins, from 1."""
        firsts, page = [], self.front + 1
        for part in self.parts:
            firsts.append(page)
            page += len(texts_of(part.pdf))
        return firsts


def texts_of(pdf: bytes) -> list[str]:
    """The text of each page without white space."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = []
        for index in range(len(document)):
            with closing(document[index]) as page, closing(page.get_textpage()) as text:
                pages.append(re.sub(r"\s", "", text.get_text_range()))
        return pages


def pictures_of(pdf: bytes) -> list[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        pages = []
        for index in range(len(document)):
            with closing(document[index]) as page:
                pages.append(page.render(scale=1.5).to_pil().convert("RGB"))
        return pages


def differences(before: list[Image.Image], after: list[Image.Image]) -> list[int]:
    """The pages on which anything but the lower right corner differs."""
    found = []
    for number, (one, other) in enumerate(zip(before, after, strict=True)):
        difference = ImageChops.difference(one, other)
        left, top = (round(side * part) for side, part in zip(one.size, _CORNER, strict=True))
        difference.paste((0, 0, 0), (left, top, *one.size))
        if difference.getbbox():
            found.append(number)
    return found


@pytest.fixture
def booklet_of() -> Callable[..., Booklet]:
    def make(*parts: SourcePdf) -> Booklet:
        target = io.BytesIO()
        bind_sheets(COVER, iter(parts), target)
        return Booklet(target.getvalue(), list(parts))

    return make


@pytest.fixture
def part_of() -> Callable[..., SourcePdf]:
    """A part whose sheet says ``words``."""

    def part(title: str, *words: str) -> SourcePdf:
        rows = [row(f"{number} 項目", text(each)) for number, each in enumerate(words, 1)]
        return SourcePdf(
            title, "井戸課", render_pdf(sheet(*rows, title=title), created=COVER.created)
        )

    return part


@pytest.fixture
def three(part_of: Callable[..., SourcePdf]) -> list[SourcePdf]:
    """A sheet of several pages, one with everything in it, one with a name of several lines."""
    whole_sheet = sheet_with_everything()
    return [
        part_of("長いシート", "・長い文章がここにあり、折り返して次の行に続く。" * 60),
        SourcePdf(whole_sheet.title, "水道課", render_pdf(whole_sheet, created=COVER.created)),
        part_of("井戸を掘る事業に対する任意拠出金" * 5, "・短い。"),
    ]
