"""The PDF: all of the text in its order, our fonts, closed frames, the same bytes twice."""

import io
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from pdfminer.pdftypes import resolve1
from PIL import Image

from evaluations.paper.rendering import SHEET_STYLES, page_html, render_pdf
from printing.attachments import MAX_LINKS, MAX_STREAMS
from printing.errors import PrintingError
from printing.printer import render_page

WHOLE = (
    "見本のシート分担金・拠出金名架空機関拠出金（井戸を掘る事業）種別任意拠出金今年度予算額"
    "1,234,567千円総合評価A拠出先国際機関名架空機関（KKK）国際機関等の概要及び成果目標"
    "（1）設立経緯等・目的：・1900年に設立。・本部は海の上。（注）船は3隻。"
    "（2）拠出の概要及び成果目標：本件は、井戸を掘る。第二の段落。"
    "1専門分野における活動の成果・影響力（1）成果・水が出た。※1塩辛い。4日本人職員・ポストの状況等"
    "加盟国等の数全職員数(専門職以上。以下同じ。)(2019年12月末時点)うち、日本人幹部職員数(前年同時期)"
    "872,3456その他特記事項：・一人いる。5PDCAサイクルの確保等PLAN計画した。DO掘った。"
    "CHECK確かめた。ACT直した。・財政状況の報告：2020年3月(2018年度)担当課室名井戸課"
)
NOTE = "案（2020年4月1日12:30時点）"


@pytest.fixture(scope="module")
def long_text() -> str:
    return "\n".join(
        f"・{n}番目の井戸を掘り、水の質を確かめ、近くの村に引き渡した。" * 3 for n in range(60)
    )


def test_all_text_is_there_in_reading_order(whole_sheet, render, pages_of):
    (page,) = pages_of(render(whole_sheet))
    assert page.replace(NOTE, "") == WHOLE + "1"
    assert NOTE in page


def test_the_draft_note_and_the_page_number_are_on_every_page(make, render, pages_of, long_text):
    document = make.sheet(make.row("欄", make.text(long_text)), draft_note=NOTE)
    pages = pages_of(render(document))
    assert len(pages) == 5
    for number, page in enumerate(pages, start=1):
        assert NOTE in page
        assert page.replace(NOTE, "").endswith(str(number))


def test_only_the_fonts_are_used_and_embedded(whole_sheet, render):
    with pdfplumber.open(io.BytesIO(render(whole_sheet))) as document:
        names = {char["fontname"] for page in document.pages for char in page.chars}
        assert {name.partition("+")[2] for name in names} == {"BIZ-UDMincho", "BIZ-UDGothic"}
        fonts = resolve1(resolve1(document.pages[0].page_obj.resources)["Font"])
        for font in map(resolve1, fonts.values()):
            (descendant,) = map(resolve1, resolve1(font["DescendantFonts"]))
            assert "FontFile2" in resolve1(descendant["FontDescriptor"])


def test_a_letter_only_the_fallback_has_is_printed_and_read_back(make, render, pages_of):
    assert "𠮷田" in pages_of(render(make.sheet(make.row("欄", make.text("𠮷田")))))[0]


def test_it_is_tagged_archival_and_says_what_it_is(whole_sheet, render):
    with pdfplumber.open(io.BytesIO(render(whole_sheet))) as document:
        catalog = document.doc.catalog
        assert document.metadata["Title"] == "見本のシート　架空機関拠出金（井戸を掘る事業）"
        assert document.metadata["CreationDate"] == "D:20200401033000+00'00"
        assert catalog["Lang"] == b"ja"
        assert resolve1(catalog["MarkInfo"])["Marked"] is True
        xmp = resolve1(catalog["Metadata"]).get_data().decode()
        assert "<pdfaid:part>3</pdfaid:part>" in xmp
        assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
        assert {"StructTreeRoot", "OutputIntents"} <= catalog.keys()


def test_the_same_input_gives_the_same_bytes(whole_sheet, render):
    assert render(whole_sheet) == render(whole_sheet)


def test_bytes_do_not_depend_on_the_process(whole_sheet, created, render, tmp_path: Path):
    """Another process, another hash seed, another time zone."""
    (tmp_path / "page.html").write_text(page_html(whole_sheet))
    program = (
        "import sys, hashlib, django; django.setup()\n"
        "from pathlib import Path\nfrom datetime import datetime\n"
        "from evaluations.paper.rendering import SHEET_STYLES\n"
        "from printing.printer import render_page\n"
        "page, created = Path(sys.argv[1]).read_text(), datetime.fromisoformat(sys.argv[2])\n"
        "made = render_page(page, styles=SHEET_STYLES, created=created)\n"
        "Path(sys.argv[3]).write_bytes(made)\n"
    )
    subprocess.run(
        [
            *(sys.executable, "-c", program),
            *(tmp_path / "page.html", created.isoformat(), tmp_path / "made.pdf"),
        ],
        check=True,
        cwd=Path(__file__).resolve().parents[3],
        env={
            "DJANGO_SETTINGS_MODULE": "config.settings_test",
            "PATH": "/usr/bin:/bin",
            "PYTHONHASHSEED": "7",
            "TZ": "Pacific/Apia",
        },
    )
    assert (tmp_path / "made.pdf").read_bytes() == render(whole_sheet)


def test_threads_wait_for_each_other(whole_sheet, render):
    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(render, [whole_sheet] * 8))
    assert len(made) == 1


def test_the_sheets_data_is_attached(whole_sheet, created):
    made = render_pdf(whole_sheet, created=created, data=b'{"key": 1}')
    with pypdfium2.PdfDocument(made) as document:
        (attachment,) = (document.get_attachment(n) for n in range(document.count_attachments()))
        assert attachment.get_name() == "sheet.json"
        assert bytes(attachment.get_data()) == b'{"key": 1}'
    assert made == render_pdf(whole_sheet, created=created, data=b'{"key": 1}')


def test_the_date_must_know_its_time_zone(whole_sheet):
    with pytest.raises(ValueError, match="time zone"):
        render_pdf(whole_sheet, created=datetime(2020, 4, 1))


def test_every_page_closes_its_frame(make, render, long_text):
    """Rendered at 144 dpi: the frame's four sides are black from corner to corner."""
    document = make.sheet(
        make.row("一", make.text(long_text)),
        make.row("二", make.pdca(long_text, "掘った。", "見た。", "直した。")),
        title="",
    )
    with pypdfium2.PdfDocument(render(document)) as pages:
        assert len(pages) == 9
        for page in pages:
            ink = page.render(scale=2, grayscale=True).to_pil().point(lambda v: 255 * (v < 160))
            above_page_number = ink.crop((0, 0, ink.width, ink.height - 90))
            frame = above_page_number.crop(above_page_number.getbbox())
            width, height = frame.size
            for top in (0, height - 3):
                side = frame.crop((2, top, width - 2, top + 3))
                assert min(side.resize((width, 1), Image.Resampling.BOX).tobytes()) > 0
            for left in (0, width - 3):
                side = frame.crop((left, 2, left + 3, height - 2))
                assert min(side.resize((1, height), Image.Resampling.BOX).tobytes()) > 0


@pytest.mark.parametrize(
    "hostile",
    [
        "<img src=http://example.org/x.png>",
        '<link rel=attachment href="file:///etc/passwd">',
        "<style>@import 'http://example.org/x.css'; body { display: none }</style>",
        "]] [[ 閉じない [[",
        "{% include 'x' %}{{ sheet.title }}&lt;&#x3042;",
        "</td></tr></table></body>",
        "A" * 300,
    ],
)
def test_hostile_text_is_just_text(make, render, pages_of, hostile: str):
    document = make.sheet(make.row("欄" + hostile[:40], make.text(hostile, hostile[:40])))
    assert re.sub(r"\s", "", hostile) in "".join(pages_of(render(document)))


def test_a_paragraph_of_the_greatest_length_is_printed_whole(make, render, pages_of):
    paragraph = "".join(chr(0x4E00 + n % 997) for n in range(5000))
    pages = pages_of(render(make.sheet(make.row("欄", make.text(paragraph)))))
    body = "".join(re.sub(r"\d$", "", page) for page in pages)
    assert paragraph in body
    assert len(pages) == 3


def test_deep_indents_stay_on_the_page(make, render, pages_of):
    lines = "\n".join("　" * depth + "・深い" for depth in range(60))
    assert pages_of(render(make.sheet(make.row("欄", make.text(lines)))))[0].count("・深い") > 30


def test_a_whole_sheet_is_far_from_those_limits(whole_sheet, created):
    made = render_pdf(whole_sheet, created=created, data=b"{}", audit_head=b"{}")
    assert made.count(b"/Prev") < MAX_LINKS / 2
    assert made.count(b"endstream") < MAX_STREAMS / 2


def test_a_page_that_asks_for_something_is_refused(created):
    """As if a template let markup through: no PDF, and a message for the person."""
    page = '<html lang="ja"><body><img alt="" src="http://example.org/x.png" /></body></html>'
    with pytest.raises(PrintingError, match="参照"):
        render_page(page, styles=SHEET_STYLES, created=created)
