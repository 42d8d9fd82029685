"""Structured plain text: what is stored is what was typed, and every line is one block."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.notation import BlockKind, count_characters, normalize, parse, searchable

NORMALIZED = [
    ("一行目\r\n二行目\r三行目", "一行目\n二行目\n三行目"),
    ("ｶﾞｲﾄﾞ\u200bﾗｲﾝ", "ガイドライン"),
    ("行末の空白　\u00a0\n\n\v\n次", "行末の空白\n\n次"),
    ("\n\n・はじめ\n\n", "・はじめ"),
    ("\t字下げ", "　字下げ"),
    ("\u3164\u3000\n \u2800", ""),
]


@pytest.mark.parametrize(("typed", "stored"), NORMALIZED)
def test_what_is_typed_is_stored_so(typed, stored):
    assert normalize(typed) == stored


LINES = [
    ("・取組", BlockKind.BULLET, 0, "・", "取組"),
    ("　・深い取組", BlockKind.BULLET, 1, "・", "深い取組"),
    ("    ・もっと深い", BlockKind.BULLET, 2, "・", "もっと深い"),
    ("（1）見出し", BlockKind.HEADING, 0, "（1）", "見出し"),
    ("(２) 見出し", BlockKind.HEADING, 0, "(２)", "見出し"),
    ("（注）説明", BlockKind.NOTE, 0, "（注）", "説明"),
    ("(注1) 説明", BlockKind.NOTE, 0, "(注1)", "説明"),
    ("※説明", BlockKind.NOTE, 0, "※", "説明"),
    ("ただの段落・中点を含む", BlockKind.PARAGRAPH, 0, "", "ただの段落・中点を含む"),
    ("　字下げの段落", BlockKind.PARAGRAPH, 1, "", "字下げの段落"),
    ("2018年の取組", BlockKind.PARAGRAPH, 0, "", "2018年の取組"),
]


@pytest.mark.parametrize(("line", "kind", "depth", "marker", "text"), LINES)
def test_a_line_is_one_block(line, kind, depth, marker, text):
    [block] = parse(line)
    assert (block.kind, block.depth, block.marker, block.text) == (kind, depth, marker, text)


def test_double_brackets_underline():
    [block] = parse("・前[[中]]後[[終]]")
    assert [(run.text, run.underlined) for run in block.runs] == [
        ("前", False),
        ("中", True),
        ("後", False),
        ("終", True),
    ]


@pytest.mark.parametrize("text", ["[[開いたまま", "閉じるだけ]]", "[[]]"])
def test_brackets_that_enclose_nothing_are_characters(text):
    [block] = parse(text)
    assert block.text == text


def test_the_counter_counts_what_is_printed():
    assert count_characters("・二[[文]]字\r\n\r\n（注）三") == 4 + 4


def test_search_sees_what_is_read():
    assert searchable("・[[平均処理日数]]を短く\n\n（注）４月〜６月") == searchable(
        "・平均処理日数を短く\n（注）4月～6月"
    )


@given(st.text(max_size=400))
def test_normalizing_twice_is_normalizing_once(text):
    once = normalize(text)
    assert normalize(once) == once


@given(st.text(max_size=400))
def test_no_visible_character_is_lost_on_the_way_to_the_blocks(text):
    stored = normalize(text)
    shown = "".join(block.marker + block.text for block in parse(stored))
    marked = stored.replace("[[", "").replace("]]", "")
    for mark in "[]":
        shown = shown.replace(mark, "")
        marked = marked.replace(mark, "")
    assert "".join(shown.split()) == "".join(marked.split())
