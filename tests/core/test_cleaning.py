"""Every text is cleaned once and alike: nothing invisible is kept, no name is altered."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cleaning import clean, clean_line
from core.folding import fold_for_search, loose_name_key, name_key
from printing.fonts import missing_characters
from tests.cleaning import CLEANED

# Characters that meet a rule, and some that do not: chance alone finds few of them.
TRICKY = st.text(
    st.sampled_from(
        "か\u3099\u309aｶﾞﾟ神\ufa19葛⽇⻑\ufe00\ufe0e\U000e0100"
        "\u200b\u3164\r\n\v\u2028\t \u00a0\u3000→e\u0301ﾞ"
    )
    | st.characters()
)


@pytest.mark.parametrize(("typed", "kept"), CLEANED.items())
def test_characters_are_cleaned_so(typed, kept):
    assert clean(typed) == kept


@given(TRICKY)
def test_cleaning_twice_is_cleaning_once(text):
    once = clean(text)
    assert clean(once) == once


def test_what_is_cleaned_ends_its_lines_alike_and_hides_nothing():
    letters = "".join(f"前{chr(code)}後\n" for code in range(0x110000))
    lines = clean(letters).split("\n")
    assert lines == [*"\n".join(lines).splitlines(), ""]
    kinds = {unicodedata.category(letter) for line in lines for letter in line if letter != "\t"}
    assert not kinds.intersection(("Cc", "Cs"))


def test_every_radical_becomes_a_kanji_that_can_be_printed():
    radicals = [
        chr(code) for code in range(0x2E80, 0x2FE0) if unicodedata.category(chr(code)) != "Cn"
    ]
    kanji = clean("".join(radicals))
    assert len(kanji) == len(radicals)
    assert {unicodedata.name(each).split("-")[0] for each in kanji} == {"CJK UNIFIED IDEOGRAPH"}
    assert missing_characters(kanji) == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("　国際\u200b機関\n（IOX）\u00a0", "国際機関 （IOX）"), ("\u3164", ""), (" \t\u2800\n", "")],
)
def test_a_name_is_one_line(typed, kept):
    assert clean_line(typed) == kept


FOUND_BY = [
    ("UN‐HABITAT", "un-habitat"),
    ("４月〜６月", "4月～6月"),
    ("ＩＯＭ", "iom"),
    ("ジンシン", "じんしん"),
    ("髙﨑、渡邉", "高崎、渡辺"),
    ("\ufa19\ufa46\ufa1b\ufa10", "神渚福塚"),
    ("葛\U000e0100城", "葛城"),
    ("①", "1"),
    ("“拠出”の1－1・2−2", '"拠出"の1-1・2―2'),
    ("UNーHABITAT", "UN-HABITAT"),
]


@pytest.mark.parametrize(("read", "asked"), FOUND_BY)
def test_what_looks_alike_is_found_alike(read, asked):
    assert fold_for_search(read) == fold_for_search(asked)


def test_a_name_is_one_name_whatever_its_signs():
    spellings = ["国際港湾協力機関（IPC）", "国際港湾協力機関(IPC)", "国際港湾協力機関 （ｉｐｃ）"]
    assert len(set(map(name_key, spellings))) == 1
    assert name_key("国際港湾協力機関IPC") != name_key(spellings[0])
    assert loose_name_key("国際港湾協力機関・IPC") == loose_name_key(spellings[0])
    assert name_key("ハハ") != name_key("はは")
