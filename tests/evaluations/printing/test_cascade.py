"""The short way to a property's value leads where the long one leads."""

import re

import pytest
from weasyprint.css import ComputedStyle

from evaluations.printing import cascade, engine
from evaluations.printing.fetcher import ASSETS, FOLDER
from evaluations.printing.html import page_html
from evaluations.printing.pdf import SHEET

LOGICAL = re.compile(r"[-\w]*\b(?:inline|block)(?:-[-\w]+)?\s*:")
STYLED = """<html lang="ja"><head><title>題</title></head><body class="print-sheet">
<p style="--room: 3; text-indent: calc(var(--room) * 1em)">字下げ<u>下線<b>太字</b></u></p>
<table style="border: 2px solid; break-before: page">
<tbody><tr><td>枠</td></tr></tbody></table>
<p style="float: right; color: red; border-top: 1px dashed">右</p></body></html>"""


@pytest.fixture
def page(request, whole_sheet) -> str:
    return page_html(whole_sheet) if request.param == "sheet" else STYLED


@pytest.mark.parametrize("page", ["sheet", "styles"], indirect=True)
def test_the_bytes_are_those_of_the_long_way(page, created, monkeypatch: pytest.MonkeyPatch):
    short = engine.render(page, SHEET, created, {})
    monkeypatch.setattr(ComputedStyle, "__missing__", cascade._missing)
    assert engine.render(page, SHEET, created, {}) == short


@pytest.mark.parametrize("name", ASSETS)
def test_no_style_sheet_uses_a_logical_property(name: str):
    assert LOGICAL.findall((FOLDER / name.removeprefix("print:")).read_text()) == []


def test_a_logical_property_would_be_found():
    logical = "margin-inline: 0; max-block-size: 1em; border-block-start-width: 0"
    assert len(LOGICAL.findall(f"display: inline-block; {logical}; inline-size: 1em;")) == 4
