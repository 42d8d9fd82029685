"""The page as the printer takes it: everything people may write goes through it."""

import pytest

from evaluations.paper.rendering import page_html
from printing.html_page import REPLACEMENT

# Stored long ago, read from a file or typed by an administrator.
FORBIDDEN = ["\x00", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800"]


@pytest.mark.parametrize("character", FORBIDDEN, ids=ascii)
def test_what_xml_forbids_is_seen_as_replaced(make, render, pages_of, character: str):
    sheet = make.sheet(make.row("欄", make.text(f"前{character}後")))
    assert f"前{REPLACEMENT}後" in pages_of(render(sheet))[0]


def test_markup_in_a_text_is_text(make, render, pages_of):
    written = "<b>太字</b>&amp;&nbsp;]]><!--注-->\"'"
    sheet = make.sheet(make.row("欄", make.text(written)))
    assert "&lt;b&gt;" in page_html(sheet)
    assert written in pages_of(render(sheet))[0]
