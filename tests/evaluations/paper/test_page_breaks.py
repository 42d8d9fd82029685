"""The page is faultless wherever it breaks: the sweep.

Every sheet is moved down line by line, so that the break goes through all of its lines, and
every page is inspected (``inspection.py``). The whole sweep runs with ``make test-all``; what is
always run takes other sheets to other lines.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from evaluations.content import SheetContent
from evaluations.paper.build import build
from evaluations.paper.document import PrintDocument
from tests.evaluations.paper import sheets
from tests.evaluations.paper.inspection import faults
from tests.seed import needs_seed

PAGE = 53  # lines on a page, rather one too many
GENERATED = 150
STRIDE = 11

Render = Callable[[PrintDocument], bytes]


def found(render: Render, sheet: PrintDocument, moves: Iterable[int]) -> dict[int, list]:
    """What is wrong, by how many lines the sheet was moved."""
    moved = {lines: sheets.moved(sheet, lines) for lines in moves}
    all_faults = {lines: faults(render(each), each) for lines, each in moved.items()}
    return {lines: each for lines, each in all_faults.items() if each}


@needs_seed
def test_a_real_sheet(render: Render):
    assert found(render, sheets.seed(), range(0, PAGE, STRIDE)) == {}


@pytest.mark.parametrize("number", range(12))
def test_sheets_unlike_each_other(render: Render, number: int):
    moves = [(number + STRIDE * step) % PAGE for step in range(4)]
    assert found(render, sheets.document(number), moves) == {}


@pytest.mark.parametrize("number", [3, 4])
def test_another_form(render: Render, number: int):
    sheet = sheets.document(number, sheets.another_year(), length=6)
    assert found(render, sheet, [0, 21, 40]) == {}


def empty() -> PrintDocument:
    """A sheet of which nothing is known but what it is."""
    form = sheets.h30()
    return build(SheetContent(form.key, 2018, "井戸拠出金", "voluntary", "", "機関", "課"), form)


def test_an_empty_sheet(render: Render):
    assert found(render, empty(), [0, 17, 34]) == {}


def test_a_value_of_two_lines(render: Render):
    """The last row: a division whose name goes on in a second line."""
    assert found(render, sheets.document(21), [18, 19]) == {}


def test_headings_without_a_text_below_them(render: Render):
    """A label, a heading and the next label are kept with what comes next: the first row."""
    assert found(render, sheets.document(41), [36]) == {}


def test_a_line_with_a_letter_of_another_font(render: Render):
    """It is taller: the last step, whose two lines just do not fit."""
    assert found(render, sheets.document(11), [46]) == {}


def test_a_draft_of_ten_pages(render: Render):
    note = "案（2020年4月1日 12:30時点）"
    sheet = replace(sheets.document(8, length=24), draft_note=note)
    assert found(render, sheet, [0]) == {}


@pytest.mark.nightly
@needs_seed
@pytest.mark.parametrize("lines", range(PAGE))
def test_the_break_goes_through_every_line_of_a_real_sheet(render: Render, lines: int):
    assert found(render, sheets.seed(), [lines]) == {}


@pytest.mark.nightly
@pytest.mark.parametrize("number", range(GENERATED))
def test_the_break_goes_through_every_line_of_a_generated_sheet(render: Render, number: int):
    assert found(render, sheets.document(number), range(PAGE)) == {}


@pytest.mark.nightly
def test_the_longest_sheet_a_form_takes(render: Render):
    """Over 50,000 characters of the 60,000 allowed: every page as good as any other."""
    form = sheets.h30()
    content = sheets.content(8, form, length=150)
    assert sum(map(len, content.texts.values())) > 50_000
    assert found(render, build(content, form), [0]) == {}
