"""CSV files: what Excel takes for a formula, and what stays as it is."""

import csv
import io

import pytest

from core.spreadsheet import csv_lines, escape_formula


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n"])
def test_no_cell_begins_like_a_formula(sign):
    cell = f"{sign}1+1"
    file = io.StringIO("".join(csv_lines(["見出し"], [[cell, "後"]])), newline="")
    assert list(csv.reader(file)) == [["\ufeff見出し"], [f"'{cell}", "後"]]


@pytest.mark.parametrize("cell", ["", "1+1", "（－）", " =1", -1, 0, 23100, None, "A=B", "'x"])
def test_what_is_no_formula_stays_as_it_is(cell):
    assert escape_formula(cell) == cell
