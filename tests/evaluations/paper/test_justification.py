"""Lines end flush, and letters stay letters."""

import io
import re
from collections.abc import Iterator
from itertools import pairwise

import pdfplumber
import pytest

MIXED = "国際機関KKKのContributionは2019年度に1,234件、[[そのうち半数]]を「井戸」に充てた。"


def lines_of(pdf: bytes) -> Iterator[list[dict]]:
    """The letters of each line of the body column, from left to right."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            body = page.crop((105, 0, page.width, page.height - 48))
            for line in body.extract_text_lines(return_chars=True):
                yield line["chars"]


def test_full_lines_end_at_one_edge(make, render):
    document = make.sheet(make.row("欄", make.text(MIXED * 12)), first_row=())
    *full, last = list(lines_of(render(document)))[1:]
    edges = [chars[-1]["x1"] for chars in full if chars[-1]["text"] not in "、。」"]
    assert len(edges) > 8
    assert max(edges) - min(edges) < 0.5  # points
    assert last[-1]["x1"] < min(edges) - 5


def test_a_lone_space_becomes_no_hole(make, render):
    document = make.sheet(
        make.row("欄", make.text("あ い" + "長い文が続いていく、" * 12)), first_row=()
    )
    first = list(lines_of(render(document)))[1]
    gaps = [after["x0"] - before["x1"] for before, after in pairwise(first)]
    assert max(gaps) < 8  # the space itself is 5.25 points wide


@pytest.mark.parametrize(
    ("marker", "ems"), [("・", 1), ("（注）", 3), ("（注1）", 3.5), ("※2", 1.5)]
)
def test_what_follows_a_marker_begins_where_the_next_line_does(make, render, marker, ems):
    document = make.sheet(make.row("欄", make.text(marker + MIXED * 4)), first_row=())
    first, second, third, *_ = list(lines_of(render(document)))[1:]
    assert "".join(c["text"] for c in first).startswith(marker)
    begins = [first[len(marker)]["x0"], second[0]["x0"], third[0]["x0"]]
    assert begins == pytest.approx([first[0]["x0"] + ems * 10.5] * 3, abs=0.1)


def test_no_line_begins_or_ends_with_what_may_not(make, render):
    document = make.sheet(
        make.row("欄", make.text("井戸、「水」。（注）や『船』ー・" * 60)), first_row=()
    )
    for chars in list(lines_of(render(document)))[1:]:
        line = "".join(char["text"] for char in chars)
        assert not re.match(r"[、。」』）ー・]", line)
        assert not re.search(r"[「『（]$", line)


def test_a_few_words_before_a_very_long_one_stay_as_they_are(make, render):
    document = make.sheet(make.row("欄", make.text("水が出た。" + "a" * 78)), first_row=())
    first, *_ = list(lines_of(render(document)))[1:]
    assert "".join(char["text"] for char in first) == "水が出た。"
    gaps = [after["x0"] - before["x1"] for before, after in pairwise(first)]
    assert max(gaps) < 0.1
