"""R36: what the print fonts lack is shown where it stands, and holds the sheet up."""

from dataclasses import replace

import pytest

from evaluations.checks import CheckedSheet, findings_in
from printing import fonts
from tests.evaluations.checks.cases import CONTENT, DEFINITION, TEXTS


def unprintable(**changes):
    view = CheckedSheet.of(replace(CONTENT, **changes), DEFINITION)
    return [finding for finding in findings_in(view) if finding.rule == "R36"]


def written(text: str):
    return unprintable(texts=TEXTS | {"remarks": text})


def test_each_missing_character_is_shown_where_it_stands_first():
    text = "・水😀を[[引く]]。\n・また😀と葛\U000e01ef飾の\U0010fffd。"
    found = written(text)
    assert [each.quote for each in found] == ["😀", "葛\U000e01ef", "\U0010fffd"]
    assert [text[slice(*each.place)] for each in found] == [each.quote for each in found]
    assert {(each.item, each.blocks) for each in found} == {("remarks", True)}
    assert "「😀」（U+1F600）は印刷用の書体にない" in found[0].message
    assert "U+845B U+E01EF" in found[1].message


@pytest.mark.parametrize("text", ["・髙﨑①㈱～℃㎡", "・𠮷田、𩸽、彅、鷗、か゚、é、Şahin、Ağaoğlu"])
def test_the_letters_of_japanese_names_and_units_are_left_alone(text):
    assert written(text) == []


def test_nearly_every_character_of_jis_x_0213_can_be_printed():
    rows = range(0xA1, 0xFF)
    codes = [plane + bytes((a, b)) for plane in (b"", b"\x8f") for a in rows for b in rows]
    letters = "".join(code.decode("euc_jisx0213", "ignore") for code in codes)
    assert len(letters) > 11_000
    assert fonts.missing_characters(letters) == ["⦅", "⦆", "ǵ"]


@pytest.mark.parametrize(
    ("field", "item"),
    [
        ("contribution_name", "contribution_name"),
        ("organization", "organization"),
        ("division", "responsible_division"),
    ],
)
def test_names_of_the_register_are_looked_at_too(field, item):
    (found,) = unprintable(**{field: "架空😀機関"})
    assert found.item == item
    assert found.blocks
    assert "「😀」（U+1F600）" in found.message
    assert "台帳" in found.message


def test_fonts_that_are_not_installed_are_no_fault_of_the_sheet(monkeypatch):
    monkeypatch.setattr(fonts, "_find", lambda family: None)
    monkeypatch.setattr(fonts, "_coverage", fonts._coverage.__wrapped__)
    assert written("・水😀") == []
