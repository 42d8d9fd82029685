"""Printed pages look as they were approved.

The approved pictures are in ``pictures/``, small and in four greys. A page that differs is put
into ``var/print-differences/``: what is expected, what was printed, and the difference in red.
To approve what is printed now, after looking at it: ``APPROVE=1 make test TESTS=<this file>``.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pypdfium2
import pytest
from django.conf import settings
from django.template.loader import render_to_string
from PIL import Image, ImageChops

from evaluations.content import SheetContent
from evaluations.paper import comments_annex, comparison_table
from evaluations.paper.build import build
from evaluations.paper.comparison_table import ComparedRow, PrintedPlace, RowSide, SideBySide
from evaluations.paper.rendering import render_pdf
from printing.printer import render_page
from tests.evaluations.paper import sheets
from texts.comparison import Origin, Piece

PICTURES = Path(__file__).parent / "pictures"
DIFFERENCES = Path(settings.BASE_DIR) / "var" / "print-differences"
CREATED = datetime(2020, 4, 1, 3, 30, tzinfo=UTC)
SCALE = 0.75  # 54 dots per inch: a letter is eight pixels wide
GREYS = 4
FAR = 100  # of 255: what another version of the renderer may not change
FEW = 6  # pixels


def typical() -> bytes:
    return render_pdf(sheets.document(8, length=9), created=CREATED)


def empty() -> bytes:
    form = sheets.h30()
    content = SheetContent(form.key, 2018, "井戸拠出金", "voluntary", "", "架空機関", "井戸課")
    return render_pdf(build(content, form), created=CREATED)


def long() -> bytes:
    return render_pdf(sheets.document(8, length=59), created=CREATED)


def another_form() -> bytes:
    return render_pdf(sheets.document(4, sheets.another_year(), length=4), created=CREATED)


def draft() -> bytes:
    sheet = replace(sheets.document(5), draft_note="案（2020年4月1日 12:30時点）")
    return render_pdf(sheet, created=CREATED)


def table_of_changes() -> bytes:
    both, new, old = Origin.BOTH, Origin.SECOND, Origin.FIRST
    changed = ComparedRow(
        RowSide("", (Piece(both, "・井戸を"), Piece(new, "三つ"), Piece(both, "掘った。" * 30))),
        RowSide("", (Piece(both, "・井戸を"), Piece(old, "二つ"), Piece(both, "掘った。" * 30))),
    )
    added = ComparedRow(RowSide("", (Piece(new, "（注）水は塩辛い。"),)), RowSide("（追加）"))
    place = PrintedPlace("1 専門分野における活動の成果・影響力", "", (changed, added) * 4)
    table = SideBySide(
        title="平成30年度シート　新旧対照表",
        sheet="架空機関拠出金",
        new="今の内容",
        old="提出時",
        places=(place, place),
        unchanged=("PLAN",),
    )
    page = render_to_string(comparison_table.TEMPLATE, {"table": table})
    return render_page(page, created=CREATED, styles=comparison_table.STYLES)


def comments() -> bytes:
    """As the annex prints them; stand-ins for the rows of the database."""
    remark = SimpleNamespace(
        at=CREATED,
        author="審査 花子",
        role="審査担当",
        kind="opening",
        text="井戸の数を年度で分けて書いてください。" * 4,
    )
    thread = SimpleNamespace(
        get_audience_display="担当課室にも見える",
        is_blocking=True,
        closing=None,
        revision="第1版",
        quote="井戸を掘った。",
        remarks=[remark, remark],
    )
    placed = SimpleNamespace(thread=thread, is_gone=False, words_now="井戸を三つ掘った。")
    items = tuple(comments_annex.AnnexItem(name, (placed, placed), ()) for name in ("PLAN", "DO"))
    made = comments_annex.Annex(
        title="平成30年度シート　コメントと修正案",
        contribution="架空機関拠出金",
        division="井戸課",
        made_at="2020年4月1日 12:30現在",
        is_for_reviewers=True,
        items=items,
    )
    return render_page(
        comments_annex.annex_html(made), created=CREATED, styles=comments_annex.STYLES
    )


@pytest.mark.parametrize(
    ("make", "pages"),
    [
        (typical, 3),
        (empty, 1),
        (long, 10),
        (another_form, 1),
        (draft, 2),
        (table_of_changes, 2),
        (comments, 1),
    ],
)
def test_pages_look_as_approved(make: Callable[[], bytes], pages: int):
    printed = list(pictures_of(make()))
    assert len(printed) == pages
    if os.environ.get("APPROVE"):
        approve(make.__name__, printed)
    wrong = [
        differing(f"{make.__name__}-{number}", picture)
        for number, picture in enumerate(printed, start=1)
    ]
    assert [path for path in wrong if path] == []


def test_the_smallest_changes_are_seen():
    (page,) = pictures_of(empty())
    for change in ("a rule moved by a pixel", "a letter gone"):
        spoilt = page.copy()
        if change == "a letter gone":
            spoilt.paste(255, (42, 58, 51, 68))
        else:
            spoilt.paste(page.crop((0, 100, page.width, 400)), (0, 101))
        assert difference(page, spoilt), change
    assert difference(page, page.point(lambda value: max(value - 40, 0))) is None


def pictures_of(pdf: bytes) -> Iterator[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            yield coarse(page.render(scale=SCALE, grayscale=True).to_pil())


def coarse(picture: Image.Image) -> Image.Image:
    step = 255 / (GREYS - 1)
    return picture.point(lambda value: round(round(value / step) * step))


def difference(expected: Image.Image, printed: Image.Image) -> Image.Image | None:
    """Where the two differ, black on white; None where they look alike."""
    if expected.size != printed.size:
        return Image.new("L", printed.size, 0)
    apart = ImageChops.difference(expected, printed).point(lambda value: 255 * (value > FAR))
    return ImageChops.invert(apart) if apart.histogram()[255] > FEW else None


def differing(name: str, printed: Image.Image) -> str:
    """Return the picture of the difference from the approved page, or nothing."""
    with Image.open(PICTURES / f"{name}.png") as stored:
        expected = stored.convert("L")
    apart = difference(expected, printed)
    if apart is None:
        return ""
    DIFFERENCES.mkdir(parents=True, exist_ok=True)
    expected.save(DIFFERENCES / f"{name}-expected.png")
    printed.save(DIFFERENCES / f"{name}-printed.png")
    marked = printed.convert("RGB")
    marked.paste((220, 0, 0), mask=ImageChops.invert(apart))
    marked.save(path := DIFFERENCES / f"{name}-difference.png")
    return str(path)


def approve(name: str, printed: list[Image.Image]) -> None:
    PICTURES.mkdir(exist_ok=True)
    for old in PICTURES.glob(f"{name}-*.png"):
        old.unlink()
    for number, picture in enumerate(printed, start=1):
        small = picture.quantize(GREYS, dither=Image.Dither.NONE)
        small.save(PICTURES / f"{name}-{number}.png", optimize=True, bits=2)
