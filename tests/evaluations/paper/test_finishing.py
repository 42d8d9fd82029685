"""Finishing: what is seen stays as it is, and what cannot be finished is refused."""

import hashlib
import io

import pikepdf
import pypdfium2
import pytest
import weasyprint

from printing import justification
from printing.asset_fetcher import AssetFetcher
from printing.finishing import VARIANT, finish, marks
from tests.evaluations.paper.papers import PAPERS, paper
from tests.printing.outlines import outline_of_pdf
from tests.printing.structure import faults

# The database only lends the words that are printed.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
STAMP = "2020-04-01T03:30:00+00:00"


def laid_out(page, styles=()):
    """Return ``page`` as WeasyPrint lays it out, of whatever elements it is."""
    justification.install()
    marks.install()
    assets = AssetFetcher()
    sheets = [weasyprint.CSS(url=name, url_fetcher=assets) for name in styles]
    rendered = weasyprint.HTML(string=page, url_fetcher=assets).render(
        stylesheets=sheets, pdf_variant=VARIANT
    )
    rendered.metadata.created = rendered.metadata.modified = STAMP
    return rendered


def as_weasyprint_writes(page, styles=()):
    """Return the PDF of ``page`` which is never finished."""
    return laid_out(page, styles).write_pdf(pdf_variant=VARIANT)


def finished(page, styles=()):
    return finish(laid_out(page, styles))


def page(body, head="", title="題"):
    return f"<html lang=ja><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def pictures(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [each.render(scale=1.5).to_pil() for each in document]
    return [hashlib.sha256(each.tobytes()).hexdigest() for each in pages]


def texts(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return [each.get_textpage().get_text_range() for each in document]


@pytest.mark.parametrize("name", ["sheet of ten pages", "two versions", "comments"])
def test_no_pixel_and_no_letter_changes(name):
    before = as_weasyprint_writes(paper(name).page, PAPERS[name][1])
    after = finished(paper(name).page, PAPERS[name][1])
    assert pictures(after) == pictures(before)
    assert texts(after) == texts(before)
    assert len(set(pictures(before))) == len(pictures(before)) > 2


def test_the_same_gives_the_same_bytes_and_no_more_of_them():
    made = paper("sheet of ten pages").page, PAPERS["comments"][1]
    assert finished(*made) == finished(*made)
    assert len(finished(*made)) < len(as_weasyprint_writes(*made))


def test_identifiers_tell_papers_apart():
    """So that a booklet of many sheets has each of them once."""
    tables = [paper(name).pdf for name in ("empty sheet", "sheet of the demonstration")]
    names = []
    for pdf in tables:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            names += map(str, list(opened.Root.StructTreeRoot.IDTree.Names)[::2])
    assert len(names) == len(set(names)) > len(tables)


def test_no_mark_of_ours_stays_inside():
    pdf = paper("sheet of ten pages").pdf
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        elements = [each for each in opened.objects if isinstance(each, pikepdf.Dictionary)]
        assert not [each for each in elements if "/Element" in each or "/Underlined" in each]
    assert len(elements) > 700


def test_a_title_of_any_signs_is_said_alike_twice():
    made = finished(page("<h1>題</h1><p>文", "<title>A&amp;B &lt;C&gt; ]]> “</title>"))
    assert faults(made) == []


def test_words_underlined_over_several_lines_and_pages_stay_one():
    words = "井戸を掘る。" * 800
    made = finished(page(f"<h1>題</h1><p>前<u>{words}</u>後"))
    assert outline_of_pdf(made) == ["H1 題", "P 前後", f"  Span {words}"]


def test_what_stands_after_a_list_in_an_item_is_read_after_it():
    body = "<h1>題</h1><ul><li>一<ul><li>二</ul><p>三</ul><p>四"
    assert outline_of_pdf(finished(page(body))) == [
        "H1 題",
        "L",
        "  LI",
        "    Lbl •",
        "    LBody 一",
        "      L",
        "        LI",
        "          Lbl ◦",
        "          LBody 二",
        "      P 三",
        "P 四",
    ]


@pytest.mark.parametrize(
    ("body", "head", "words"),
    [
        ("<blockquote>引用</blockquote>", "", "BlockQuote"),
        ("<p>文", "<meta name=author content=誰>", "Info"),
    ],
)
def test_what_no_template_of_ours_makes_is_refused(body, head, words):
    with pytest.raises(ValueError, match=words):
        finished(page(body, head))
