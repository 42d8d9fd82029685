"""What is not drawn as our printer draws it is bound plainly: larger, still right, and logged."""

import io
import re
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from structlog.testing import capture_logs

from printing import renderer
from printing.binder import ContentsEntry, Front, SourcePdf, bind
from printing.binder.model import Render
from tests.printing.structure import faults

CREATED = datetime(2020, 4, 1, 3, 30, tzinfo=UTC)
STYLES = ("print:sheet.css", "print:booklet.css")
UA, A, B = b"<pdfuaid:part>1", b"<pdfaid:conformance>A", b"<pdfaid:conformance>B"
NUMBERS = "<p>通し 0123456789／</p>"
Drawn = tuple[list[str], list[bytes]]


def page(body: str, title: str = "題") -> str:
    head = f'<html lang="ja"><head><title>{title}</title></head>'
    return f'{head}<body class="print-sheet">{body}</body></html>'


def contents(
    entries: Sequence[ContentsEntry], before: int, item: str = "li", of: str = "ol"
) -> str:
    rows = "".join(
        f'<{item}><span class="print-words"><span class="print-number">{entry.number}</span>'
        f"{entry.title}</span>{f'<b>{before + entry.first + 1}頁</b>' if before else ''}</{item}>"
        for entry in entries
    )
    cover = '<section class="print-cover"><h1>合本</h1></section>'
    body = f"{cover}<section class='print-contents'><h1>目次</h1><{of}>{rows}</{of}></section>"
    return page(body, "合本")


FRONT = Front(
    title="合本",
    created=CREATED,
    html=contents,
    numbers=page(NUMBERS),
    styles=STYLES,
    cover_bookmark="表紙",
    contents_bookmark="目次",
    running="通し {number}／{count}",
    list_about="一覧",
)


def part(title: str, *lines: str) -> SourcePdf:
    body = f"<h1>{title}</h1>" + "".join(f"<p>{line}</p>" for line in lines)
    return SourcePdf(title, "", renderer.render(page(body, title), STYLES, CREATED, {}))


def changed(whole: SourcePdf, change: Callable[[pikepdf.Pdf], None]) -> SourcePdf:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(whole.pdf)) as pdf:
        change(pdf)
        pdf.save(written, fix_metadata_version=False)
    return replace(whole, pdf=written.getvalue())


def bound(
    *parts: SourcePdf, front: Front = FRONT, render: Render = renderer.render
) -> tuple[bytes, list[str]]:
    """Return the booklet, and how what was bound plainly is said in the log to be bound."""
    target = io.BytesIO()
    with capture_logs() as logged:
        bind(render, front, parts, target, lambda _: None)
    assert all(line["event"] == "bound_plainly" for line in logged)
    return target.getvalue(), [line["how"] for line in logged]


def drawn(pdf: bytes) -> Drawn:
    """Return the text of each page without white space, and its picture but for the lower edge."""
    texts, pictures = [], []
    with pypdfium2.PdfDocument(pdf) as document:
        for index in range(len(document)):
            with closing(document[index]) as each, closing(each.get_textpage()) as text:
                texts.append(re.sub(r"\s|通し.*$", "", text.get_text_range()))
                picture = each.render().to_pil().convert("L")
                width, height = picture.size
                pictures.append(picture.crop((0, 0, width, int(height * 0.95))).tobytes())
    return texts, pictures


def drawn_of(*parts: SourcePdf) -> Drawn:
    each = [drawn(part.pdf) for part in parts]
    return [t for texts, _ in each for t in texts], [p for _, pictures in each for p in pictures]


def claims(pdf: bytes) -> set[bytes]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.check_pdf_syntax() == []
        metadata = opened.Root.Metadata.read_bytes()
    return {claim for claim in (UA, A, B) if claim in metadata}


def without_widths(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].Resources.Font.as_dict().values():
        del font.DescendantFonts[0].W


def with_a_link(pdf: pikepdf.Pdf) -> None:
    note = pdf.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), StructParent=99)
    )
    pdf.pages[0].Annots = Array([note])
    heading = pdf.Root.StructTreeRoot.K[0].K[0]
    heading.K = Array([heading.K, Dictionary(Type=Name.OBJR, Obj=note, Pg=pdf.pages[0].obj)])


ONE, OTHER = (part(title, f"{title}の井戸を掘る。" * 90) for title in ("甲", "乙"))


def test_what_is_drawn_as_assumed_is_not_bound_plainly():
    pdf, how = bound(ONE, OTHER)
    assert how == []
    assert claims(pdf) == {UA, A}
    assert faults(pdf) == []


def test_a_part_whose_fonts_cannot_be_united_keeps_its_own():
    odd = changed(part("丙", "別の書き方をした書体。"), without_widths)
    pdf, how = bound(ONE, odd, OTHER)
    assert how == ["fonts of its own"]
    assert [each[2:] for each in drawn(pdf)] == list(drawn_of(ONE, odd, OTHER))
    assert claims(pdf) == {UA, A}
    assert len(pdf) > len(bound(ONE, part("丙", "別の書き方をした書体。"), OTHER)[0])
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        names = [str(each.T) for each in opened.Root.StructTreeRoot.K.K if "/T" in each]
    assert names == ["甲", "丙", "乙"]


def test_a_part_whose_structure_cannot_be_copied_comes_with_its_pages():
    odd = changed(part("丙", "読み上げに注釈がある。"), with_a_link)
    pdf, how = bound(ONE, odd, OTHER)
    assert how == ["fonts of its own", "pages without structure"]
    assert [each[2:] for each in drawn(pdf)] == list(drawn_of(ONE, odd, OTHER))
    assert claims(pdf) == {B}


def test_contents_drawn_otherwise_say_their_page_numbers_themselves():
    def paragraphs(entries: Sequence[ContentsEntry], before: int) -> str:
        return contents(entries, before, item="p", of="div")

    pdf, how = bound(ONE, OTHER, front=replace(FRONT, html=paragraphs))
    assert how == ["contents without links"]
    assert drawn(pdf)[0][1] == f"目次1甲3頁2乙{3 + len(drawn_of(ONE)[0])}頁"
    assert [each[2:] for each in drawn(pdf)] == list(drawn_of(ONE, OTHER))
    assert claims(pdf) == {UA, A}
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        roles = [str(each.S) for each in opened.Root.StructTreeRoot.K.K]
    assert roles == ["/Sect", "/Sect", "/Part", "/Part"]
    assert faults(pdf) == []


def test_contents_in_other_units_are_not_drawn_on():
    """Numbers and leaders would come somewhere else on the page."""

    def in_other_units(*asked) -> bytes:
        def change(pdf: pikepdf.Pdf) -> None:
            for each in pdf.pages:
                content = each.Contents.read_bytes()
                twice = content.replace(b"0.75 0 0 0.75", b"1.5 0 0 1.5 0 0 cm .5 0 0 .5", 1)
                assert twice != content
                each.Contents.write(twice)

        return changed(SourcePdf("", "", renderer.render(*asked)), change).pdf

    pdf, how = bound(ONE, OTHER, render=in_other_units)
    assert how == ["contents without links"]
    assert drawn(pdf)[0][1] == f"目次1甲3頁2乙{3 + len(drawn_of(ONE)[0])}頁"
    assert faults(pdf) == []


def test_page_numbers_that_cannot_be_drawn_are_left_to_the_contents_and_the_viewer():
    two_fonts = replace(FRONT, numbers=page(f"<h1>太い</h1>{NUMBERS}"))
    pdf, how = bound(ONE, OTHER, front=two_fonts)
    assert how == ["without page numbers", "contents without links"]
    with pypdfium2.PdfDocument(pdf) as document:
        assert "通し" not in document[1].get_textpage().get_text_range()
    assert drawn(pdf)[0][1].startswith("目次1甲3頁2乙")
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_outline() as outline:
        places = {each.obj.objgen: number for number, each in enumerate(opened.pages, 1)}
        marks = [(mark.title, places[mark.destination[0].objgen]) for mark in outline.root]
    assert marks == [("表紙", 1), ("目次", 2), ("甲", 3), ("乙", 3 + len(drawn_of(ONE)[0]))]


@pytest.mark.parametrize("front", [FRONT, replace(FRONT, numbers=page(f"<h1>太</h1>{NUMBERS}"))])
def test_the_same_parts_give_the_same_bytes_plainly_too(front):
    odd = changed(ONE, without_widths)
    assert bound(odd, OTHER, front=front) == bound(odd, OTHER, front=front)
