"""A real sheet of the ministry, where its text is at hand: every word of it is printed."""

import re

from tests.seed import SEED, needs_seed


@needs_seed
def test_every_word_of_a_real_sheet_is_printed_in_order(make, render, pages_of):
    words = re.sub(r"<[^>]+>|\t", "\n", SEED.read_text(encoding="utf-8"))
    words = re.sub(r"^- ", "", words, flags=re.MULTILINE)
    part = make.text(words)
    pages = pages_of(render(make.sheet(make.row("全文", part))))
    printed = "".join(re.sub(r"\d$", "", page) for page in pages)
    expected = "".join(block.marker + block.text for block in part.blocks)
    assert len(pages) >= 3
    assert re.sub(r"\s", "", expected) in printed
