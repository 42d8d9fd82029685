"""What a finding says of itself, and what a view of a sheet alone keeps silent about."""

from dataclasses import replace

import pytest

from editions.definition import Section
from evaluations.checks import CheckedSheet, findings_in, findings_of
from tests.evaluations.checks.cases import CONTENT, DEFINITION, TEXTS, VIEW

WRONG = "3名、4名の計8名"


def view_with(text, item="diplomatic_relevance", **around):
    return replace(VIEW, content=replace(CONTENT, texts=TEXTS | {item: text}), **around)


def test_a_sheet_without_a_slip_has_no_finding():
    assert findings_in(VIEW) == []


def test_the_place_is_that_of_the_stored_text():
    text = f"・前の文。\n　・[[本部 3 名]]、支部 ４名の 計８名 を採用した。{WRONG}。"
    first, second = findings_in(view_with(text))
    assert text[slice(*first.place)] == first.quote == "計８名"
    assert text[slice(*second.place)] == second.quote == "計8名"


def test_the_key_outlives_a_move_but_not_a_change():
    here, moved, changed = (
        findings_in(view_with(text))[0]
        for text in (f"・{WRONG}。", f"・前の文。\n・{WRONG}。", "・3名、4名の計9名。")
    )
    assert here.key == moved.key != changed.key


def test_findings_stand_in_the_order_of_the_form_and_of_the_text():
    texts = TEXTS | {
        "act": f"{WRONG}を採用した。",
        "plan": f"{WRONG}とした。2名、2名の計5名とした。",
    }
    found = findings_in(replace(VIEW, content=replace(CONTENT, texts=texts)))
    assert [(each.item, each.quote) for each in found] == [
        ("plan", "計8名"),
        ("plan", "計5名"),
        ("act", "計8名"),
    ]


def test_without_other_sheets_at_hand_no_reference_is_judged():
    content = view_with("・IPC分担金のシートを参照。日本も出席した。").content
    assert findings_of(content, DEFINITION) == []
    assert [each.rule for each in findings_in(CheckedSheet(content, DEFINITION, others=()))] == [
        "R13"
    ]


def test_a_text_that_does_not_apply_is_not_read():
    items = tuple(
        replace(item, applies_when={"earmarking": ("core",)}) if item.key == "remarks" else item
        for item in DEFINITION.items
    )
    definition = replace(DEFINITION, sections=(Section("all", "全て", items),))
    content = view_with(f"・{WRONG}。", item="remarks").content
    assert findings_of(content, definition) == []
    unknown = findings_of(replace(content, earmarking=""), definition)
    assert [(each.rule, each.item) for each in unknown] == [("R26", "contribution_type")]


@pytest.mark.parametrize(
    "text", ["", "（", "」「『", "[[", "計", "%", "・・・", "（（（計3名）", "・計"]
)
def test_texts_of_any_shape_are_read(text):
    findings_in(view_with(text))
