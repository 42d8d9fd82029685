"""A booklet: everything of every part, in its place, and found from the contents."""

import io
import re
from dataclasses import replace

import pikepdf
import pytest

from booklets.paper.binding import bind_sheets, front_of
from printing import printer
from printing.binder import SourcePdf
from printing.errors import PrintingError
from tests.booklets.paper.conftest import (
    COVER,
    Booklet,
    differences,
    pictures_of,
    texts_of,
)
from tests.printing.structure import faults


def test_the_contents_tell_the_page_each_part_begins_on(booklet_of, three):
    booklet = booklet_of(*three)
    contents = booklet.texts[1]
    for number, (part, first) in enumerate(zip(three, booklet.first_pages(), strict=True), 1):
        assert f"{number}{part.title}{part.subtitle}{first}" in contents
        assert booklet.texts[first - 1].startswith(part.title)


def test_contents_without_links_tell_the_pages_in_words(three):
    """As they are set where page numbers cannot be drawn: here, for want of their letters."""
    numbers = '<html lang="ja"><head><title>数</title></head><body>通し</body></html>'
    target = io.BytesIO()
    printer.bind(replace(front_of(COVER), numbers=numbers), three, target)
    booklet = Booklet(target.getvalue(), three)
    for part, first in zip(three, booklet.first_pages(), strict=True):
        assert f"{part.title}{part.subtitle}（{first}ページ）" in booklet.texts[1]
        assert booklet.texts[first - 1].startswith(part.title)
    # Only the running numbers of the booklet are missing.
    assert {re.sub(r"\d+", "", fault) for fault in faults(booklet.data)} == {
        "page :  numbers of the booklet"
    }


def test_every_row_of_the_contents_leads_to_its_part(booklet_of, three):
    booklet = booklet_of(*three)
    with booklet.opened() as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        links = list(pdf.pages[1].Annots)
        assert [pages[link.Dest[0].objgen] for link in links] == booklet.first_pages()
        assert [str(link.Contents) for link in links] == [part.title for part in three]
        assert all(pdf.pages[1].obj == link.P for link in links if "/P" in link)
        areas = [[float(edge) for edge in link.Rect] for link in links]
    tops, bottoms = [area[3] for area in areas], [area[1] for area in areas]
    assert all(top > bottom for top, bottom in zip(tops, bottoms, strict=True))
    assert all(bottom > top for bottom, top in zip(bottoms, tops[1:], strict=False))
    # A name of several lines is a link on all of them.
    assert tops[2] - bottoms[2] > 1.8 * (tops[0] - bottoms[0])


def test_the_bookmarks_are_cover_contents_and_parts(booklet_of, three):
    booklet = booklet_of(*three)
    with booklet.opened() as pdf, pdf.open_outline() as outline:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        marks = [(mark.title, pages[mark.destination[0].objgen]) for mark in outline.root]
    parts = zip([part.title for part in three], booklet.first_pages(), strict=True)
    assert marks == [("表紙", 1), ("目次", 2), *parts]


def test_every_page_but_the_cover_has_its_number_beside_that_of_its_sheet(booklet_of, three):
    texts = booklet_of(*three).texts
    assert "通し" not in texts[0]
    assert [re.search(r"通し\d+／\d+$", text)[0] for text in texts[1:]] == [
        f"通し{number}／{len(texts)}" for number in range(2, len(texts) + 1)
    ]


def test_nothing_of_the_parts_is_lost_or_looks_different(booklet_of, three):
    booklet = booklet_of(*three)
    texts = [text for part in three for text in texts_of(part.pdf)]
    bound = [re.sub(r"通し\d+／\d+$", "", text) for text in booklet.texts[booklet.front :]]
    assert bound == texts
    pictures = [picture for part in three for picture in pictures_of(part.pdf)]
    assert differences(pictures, booklet.pictures[booklet.front :]) == []


def test_contents_of_many_parts_go_on_over_pages(booklet_of, part_of):
    pdf = part_of("一枚", "・短い。").pdf
    booklet = booklet_of(*(SourcePdf(f"第{n}号拠出金", "井戸課", pdf) for n in range(1, 91)))
    contents = "".join(
        re.sub(r"通し\d+／\d+$", "", text) for text in booklet.texts[1 : booklet.front]
    )
    assert booklet.front > 3
    for number, first in enumerate(booklet.first_pages(), 1):
        assert f"{number}第{number}号拠出金井戸課{first}" in contents
    with booklet.opened() as pdf_:
        links = [link for page in pdf_.pages[1 : booklet.front] for link in page.Annots]
        pages = {page.obj.objgen: number for number, page in enumerate(pdf_.pages, 1)}
        assert [pages[link.Dest[0].objgen] for link in links] == booklet.first_pages()


def test_one_part_is_a_booklet(booklet_of, three):
    booklet = booklet_of(three[1])
    assert len(booklet.texts) == 2 + len(texts_of(three[1].pdf))


def test_no_part_is_refused_before_anything_is_written():
    target = io.BytesIO()
    with pytest.raises(PrintingError, match="冊子に収めるものがありません"):
        bind_sheets(COVER, iter(()), target)
    assert target.getvalue() == b""


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7\n", b"<html></html>"])
def test_what_is_no_pdf_is_refused_by_its_title(pdf):
    with pytest.raises(PrintingError, match="「壊れたシート」のPDFを読み取れない"):
        bind_sheets(COVER, [SourcePdf("壊れたシート", "", pdf)], io.BytesIO())


def test_a_pdf_of_others_is_refused(three):
    stranger = io.BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(stranger)
    with pytest.raises(PrintingError, match="「よそのPDF」"):
        bind_sheets(
            COVER, [three[1], SourcePdf("よそのPDF", "", stranger.getvalue())], io.BytesIO()
        )


def test_parts_are_taken_one_at_a_time(three):
    told = []

    def parts():
        for part in three:
            told.append(part.title)
            yield part

    bind_sheets(COVER, parts(), io.BytesIO(), told.append)
    assert told == [three[0].title, 1, three[1].title, 2, three[2].title, 3]


def test_the_same_parts_give_the_same_bytes(booklet_of, three):
    assert booklet_of(*three).data == booklet_of(*three).data


def test_the_booklet_says_what_is_in_it(booklet_of, three):
    booklet = booklet_of(*three)
    with booklet.opened() as pdf:
        assert pdf.docinfo.Title == COVER.title
        assert str(pdf.Root.Lang).startswith("ja")
        assert b"<pdfaid:part>3" in pdf.Root.Metadata.read_bytes() or (
            b'pdfaid:part="3"' in pdf.Root.Metadata.read_bytes()
        )
        assert list(pdf.attachments) == ["booklet.json"]
        assert pdf.Root.AF[0].AFRelationship == pikepdf.Name.Data
        listed = pdf.attachments["booklet.json"].get_file().read_bytes().decode()
    for part, first in zip(three, booklet.first_pages(), strict=True):
        assert part.title in listed
        assert f'"page": {first},' in listed
