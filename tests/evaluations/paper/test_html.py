"""The fragment for the screen and the page for the PDF say the same."""

import re

from django.contrib.staticfiles import finders

from evaluations.paper.document import Cell, RowPart, StaffingHeading
from evaluations.paper.rendering import page_html, sheet_html


def test_the_page_holds_the_very_fragment(whole_sheet):
    assert sheet_html(whole_sheet).strip() in page_html(whole_sheet)


def test_the_page_is_in_japanese_and_names_its_contribution(whole_sheet):
    page = page_html(whole_sheet)
    assert '<html lang="ja">' in page
    assert "<title>見本のシート　架空機関拠出金（井戸を掘る事業）</title>" in page


def test_nothing_inline_that_a_strict_content_policy_would_refuse(whole_sheet):
    assert not re.search(r"<(style|script|link|img|a)\b|\s(style|on\w+)=", page_html(whole_sheet))


def test_what_was_typed_is_text(make):
    hostile = '<img src=http://example.org/x onerror=alert(1)>&amp;[[<b>]]"{{ sheet }}'
    fragment = sheet_html(make.sheet(make.row(hostile, make.text(hostile)), title=hostile))
    assert "<img" not in fragment
    assert "<b>" not in fragment
    assert (
        "&lt;img src=http://example.org/x onerror=alert(1)&gt;&amp;amp;<u>&lt;b&gt;</u>" in fragment
    )
    assert "{{ sheet }}" in fragment


def test_lists_are_lists_and_notes_hang(make):
    fragment = sheet_html(make.sheet(make.row("欄", make.text("・一\n　・子\n　（注1）注"))))
    squeezed = re.sub(r"\s*\n\s*", "", fragment)
    assert (
        '<ul><li class="print-indent-0">一<ul><li class="print-indent-0">子</li></ul>'
        '<p class="print-note print-indent-0 print-hang-7">'
        '<span class="print-marker">（注1）</span>注</p>'
        "</li></ul>"
    ) in squeezed


def test_an_empty_sheet_is_a_form(make):
    fragment = sheet_html(make.sheet(make.row("担当課室名"), first_row=()))
    assert "担当課室名" in fragment
    assert "print-first-row" not in fragment
    assert "print-draft" not in fragment


def test_the_style_sheet_knows_every_width_room_and_indent_however_great(make):
    wide = "長" * 100
    deep = "\n".join("　" * depth + "※99あ\n" + "　" * depth + "・い" for depth in range(20))
    fragment = sheet_html(
        make.sheet(
            make.row(wide, make.text(deep)),
            make.row("欄", RowPart("staffing", staffing=(StaffingHeading("", (wide,), (), wide),))),
            make.row("欄", make.pdca("　　　　　　　　あ", "（注１２）い" * 99, "", "")),
            first_row=(Cell("a", (wide,), wide), Cell("b", (wide,), wide)),
        )
    )
    with open(finders.find("print/sheet.css")) as file:
        known = set(re.findall(r"(?<=\.)print-[a-z]+-\d+(?= \{)", file.read()))
    used = set(re.findall(r"print-[a-z]+-\d+", fragment))
    assert len(used) > 10
    assert used <= known
