"""The inspector finds every fault it claims to find: pages are spoilt on purpose."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from evaluations.printing.document import PrintDocument, Row
from evaluations.printing.html import page_html
from evaluations.printing.pdf import render_page
from evaluations.text import parse
from tests.evaluations.printing import sheets
from tests.evaluations.printing.inspection import faults

LONG = "　・井戸「水」を掘る、1,234件のKKKの" + "井戸を掘り、水を汲む。" * 12
LABEL = "3 日本の外交課題遂行における有用性・重要性"
NO_ROOM = ".print-sheet :is(th, td)::before { content: none }"


@pytest.fixture
def sheet(make) -> PrintDocument:
    rows = (
        make.row(LABEL, make.text(f"（注）{LONG}\n{LONG}")),
        make.row("5 PDCAサイクルの確保等", make.pdca("計画。", LONG, "点検。", "")),
    )
    return make.sheet(*rows)


@pytest.fixture
def kinds(created) -> Callable[..., set[str]]:
    """Print a sheet with other style or other markup than it should have: what is found?"""

    def find(sheet: PrintDocument, style: str = "", old: str = "", new: str = "") -> set[str]:
        page = page_html(sheet)
        assert old in page
        spoilt = page.replace(old, new, 1) if old else page
        spoilt = spoilt.replace("</head>", f"<style>{style}</style></head>")
        return {fault.kind for fault in faults(render_page(spoilt, created=created), sheet)}

    return find


def test_a_good_page_has_no_fault(kinds, sheet):
    assert kinds(sheet) == set()


@pytest.mark.parametrize(
    ("kind", "style"),
    [
        ("open frame", ".print-sheet .print-form { outline: none }"),
        ("rules", ".print-sheet .print-form > tbody > tr > td { border-left: 0 }"),
        ("rules", ".print-sheet .print-steps th + td { border-left: 0 }"),
        (
            "rules",
            ".print-sheet td p, .print-sheet td ul { border-top: 1pt solid; margin: 0 -6px }",
        ),
        ("reading order", ".print-sheet th { position: relative }"),
        ("hangs wrongly", ".print-sheet li { padding-left: 0; text-indent: 0 }"),
        ("hangs wrongly", ".print-sheet li li, .print-sheet li { margin-left: 0 }"),
        ("hangs wrongly", ".print-sheet .print-note { padding-left: 0; text-indent: 0 }"),
        ("not flush", ".print-sheet { text-align: start }"),
        ("overflow", ".print-sheet td p { margin-right: -0.6em }"),
        ("outside the frame", ".print-sheet td p { margin-right: -4em }"),
        ("outside the frame", "@page { @bottom-center { content: none } }"),
        ("digit not half-width", '.print-sheet td { font-family: "Noto Sans CJK JP" }'),
        ("collision", ".print-sheet th { letter-spacing: -0.7em }"),
        ("collision", ".print-sheet td { line-height: 0.2 }"),
    ],
)
def test_a_fault_of_style(kinds, sheet, kind: str, style: str):
    assert kind in kinds(sheet, style)


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("text", "KKKの", ""),
        ("text", "KKKの", "のKKK"),
        ("text", "計画。", ""),
        ("forbidden at the beginning of a line", "掘る、", "掘る<br>、"),
        ("forbidden at the end of a line", "「水", "「<br>水"),
        ("divided word", "1,234", "1,<br>234"),
        ("divided word", "1,234", "1,2<br>34"),
        ("divided word", "KKK", "K<br>KK"),
        ("hole in a line", "KKK", "<span style='padding-left: 2em'>KKK</span>"),
        ("outside the frame", "</article>", "余計</article>"),
        ("empty strip", "</tbody>\n  </table>\n</article>", "<tr><th><td></tr></table>"),
    ],
)
def test_a_fault_of_markup(kinds, sheet, kind: str, old: str, new: str):
    assert kind in kinds(sheet, "", old, new)


@pytest.mark.parametrize(
    ("kind", "lines", "style"),
    [
        ("orphan label", 46, f"{NO_ROOM} .print-sheet {{ orphans: 9 }}"),
        ("split label", 47, f"{NO_ROOM} .print-sheet {{ orphans: 1; widows: 1 }}"),
        ("body without its label", 46, f"{NO_ROOM} .print-sheet th div {{ break-inside: avoid }}"),
    ],
)
def test_a_label_that_is_left_behind(kinds, sheet, kind: str, lines: int, style: str):
    assert kinds(sheets.moved(sheet, lines)) == set()
    assert kind in kinds(sheets.moved(sheet, lines), style)


def test_a_step_whose_label_is_left_behind(kinds, make):
    sheet = make.sheet(make.row("5 PDCA", make.pdca("一行。", LONG, "一行。", "一行。")))
    style = f"{NO_ROOM} .print-sheet {{ orphans: 9 }}"
    assert "orphan label" in kinds(sheets.moved(sheet, 47), style)


def test_a_row_that_is_missing(kinds, sheet):
    more = replace(sheet, rows=(*sheet.rows, Row("x", ("担当",), ())))
    page = page_html(sheet)
    assert "担当" not in page
    assert parse(LONG)[0].depth == 1
    assert kinds(more, "", "担当", "") >= {"text"}
