"""Widths and rooms: close to what the page takes, and never more than it has."""

from dataclasses import replace

import pytest

from evaluations.paper import layout
from evaluations.paper.build import build
from evaluations.paper.document import Cell, RowPart, StaffingHeading
from evaluations.paper.measure import WIDEST, ems, fit, half_ems, label_lines
from evaluations.paper.rendering import SHEET_STYLES, page_html
from printing.printer import render_page
from tests.evaluations.paper import sheets
from tests.evaluations.paper.inspection import faults


def test_latin_letters_are_half_as_wide():
    assert half_ems("1,100万人（IOM）") == 5 + 4 + 2 + 3 + 2
    assert half_ems("か\u309a") == 2


def test_the_widest_line_counts():
    assert (ems(["30年度", "予算額"]), ems(["B"]), ems([])) == (3, 1, 1)
    assert ems(["長" * 100]) == WIDEST


def test_columns_are_narrowed_from_the_widest():
    assert fit([3, 20, 4], 27) == (3, 20, 4)
    assert fit([3, 20, 4], 17) == (3, 10, 4)
    assert fit([3, 3, 3], 0) == (1, 1, 1)


@pytest.mark.parametrize(
    ("lines", "most"),
    [
        (["担当課室名"], 1),
        (["拠出先", "国際機関名"], 2),
        (["3 日本の外交課題遂行における有用性"], 4),
    ],
)
def test_lines_of_a_label(lines: list[str], most: int):
    assert label_lines(lines) == most


def test_the_first_row_fits_whatever_it_holds(make):
    cells = tuple(Cell(f"c{n}", ("とても長い見出し",) * 2, "とても長い値" * 5) for n in range(5))
    columns = layout.first_row(make.sheet(first_row=cells))
    taken = sum(c.label_width + c.value_width for c in columns) + layout.SHEET_SPACING * 10
    assert columns[0].value_width == 0
    assert taken + layout.NARROW <= layout.SHEET + 1


@pytest.mark.parametrize("amounts", [(23_100, 1_000), (10**13 - 1, 10**12)])
def test_two_budgets_fit_their_cell(created, amounts):
    whole, supplementary = amounts
    content = replace(
        sheets.content(1, sheets.h30()),
        budget_thousand_yen=whole,
        supplementary_thousand_yen=supplementary,
    )
    document = build(content, sheets.h30())
    assert f"{whole:,}千円（うち補正{supplementary:,}千円）" in {
        c.value for c in document.first_row
    }
    pdf = render_page(page_html(document), styles=SHEET_STYLES, created=created)
    assert faults(pdf, document) == []


def test_the_staffing_table_fits_whatever_it_holds(make):
    headings = tuple(StaffingHeading("", ("長い見出し" * 3,), (), "1") for _ in range(12))
    (row,) = layout.rows(make.sheet(make.row("職員", RowPart("staffing", staffing=headings))))
    widths = [width for _, width in row.parts[0].columns]
    assert sum(widths) + layout.BODY_SPACING * 12 <= layout.BODY


def test_a_row_needs_room_for_its_label_and_the_beginning_of_its_body(make):
    paragraph = "とても長い段落が続く。" * 40
    rows = layout.rows(
        make.sheet(
            make.row("短い", make.text("一行")),
            make.row("短い", make.text(paragraph)),
            make.row("五文字ずつで六行になるとても長い長い長い見出し", make.text("一行")),
            make.row("人員", make.staffing()),
        )
    )
    assert [row.room for row in rows] == [1, layout.UNDIVIDED, 6, 6]


def test_only_a_paragraph_runs_in(make):
    parts = [
        make.text("・箇条", "見出し", run_in=True),
        make.text("段落\n次", "見出し", run_in=True),
    ]
    (row,) = layout.rows(make.sheet(make.row("欄", *parts)))
    assert [bool(part.lead) for part in row.parts] == [False, True]
    assert row.parts[1].groups[0].items[0].block.text == "次"
