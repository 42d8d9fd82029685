"""The inspector finds every fault it claims to find: pages are spoilt on purpose."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from evaluations.paper.document import PrintDocument
from evaluations.paper.rendering import SHEET_STYLES, page_html
from printing.printer import render_page
from tests.evaluations.paper import sheets
from tests.evaluations.paper.inspection import faults

LONG = "　・井戸「水」を掘る、1,234件のKKKの" + "井戸を掘り、水を汲む。" * 12
LABEL = "3 日本の外交課題遂行における有用性・重要性"


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
        return {
            fault.kind
            for fault in faults(render_page(spoilt, styles=SHEET_STYLES, created=created), sheet)
        }

    return find


def test_a_good_page_has_no_fault(kinds, sheet):
    assert kinds(sheet) == set()


@pytest.mark.parametrize(
    ("kind", "style"),
    [
        ("open frame", ".print-sheet .print-form { outline: none }"),
        ("rules", ".print-sheet .print-form > tbody > tr > td { border-left: 0 }"),
        ("rules", ".print-sheet td { background: none; border-left: 0 !important }"),
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
        ("forbidden at the beginning of a line", "掘る、", "掘る<br />、"),
        ("forbidden at the end of a line", "「水", "「<br />水"),
        ("divided word", "1,234", "1,<br />234"),
        ("divided word", "1,234", "1,2<br />34"),
        ("divided word", "KKK", "K<br />KK"),
        ("hole in a line", "KKK", "<span style='padding-left: 2em'>KKK</span>"),
        ("outside the frame", "</article>", "余計</article>"),
        (
            "empty strip",
            "</tbody>\n  </table>\n</article>",
            "<tr><th scope='row'>\u00a0</th><td></td></tr></tbody></table></article>",
        ),
    ],
)
def test_a_fault_of_markup(kinds, sheet, kind: str, old: str, new: str):
    assert kind in kinds(sheet, "", old, new)


@pytest.mark.parametrize(
    ("kind", "style"),
    [
        ("split label", ".print-sheet { orphans: 1; widows: 1 }"),
        ("body without its label", ".print-sheet th div { break-inside: avoid }"),
    ],
)
def test_a_label_that_is_left_behind(kinds, sheet, kind: str, style: str):
    assert left_behind(kind, kinds, sheet, style)


def test_a_step_whose_label_is_left_behind(kinds, make):
    sheet = make.sheet(make.row("5 PDCA", make.pdca(LONG, LONG, LONG, LONG)))
    assert left_behind("orphan label", kinds, sheet, ".print-sheet { orphans: 9 }")


def test_a_row_whose_label_is_left_behind(kinds, make):
    sheet = make.sheet(make.row("有用性", make.text(LONG)))
    assert left_behind("orphan label", kinds, sheet, ".print-sheet { orphans: 9 }")


def left_behind(kind: str, kinds, sheet: PrintDocument, style: str) -> bool:
    """Whether ``kind`` is found somewhere when nothing keeps the labels with their bodies."""
    no_room = ".print-sheet .print-room { display: none }"
    moved = (sheets.moved(sheet, lines) for lines in range(38, 53))
    return any(kind in kinds(each, no_room + style) for each in moved)


def test_a_row_that_is_missing(render, sheet, make):
    more = replace(sheet, rows=(*sheet.rows, make.row("担当")))
    assert "rules" in {fault.kind for fault in faults(render(sheet), more)}
