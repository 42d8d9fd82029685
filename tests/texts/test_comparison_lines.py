"""Two texts compared line by line: small edits stay small, what moved is no loss."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.comparing import SEEDS, edited, marked, text_of
from texts.comparison import Fate, Origin, compare, compare_lines

SIGNS = {"both": "{}", "first": "［−{}］", "second": "［＋{}］"}


def in_one_line(pieces):
    """Return both texts in one line: ［−only first］［＋only second］."""
    return "".join(SIGNS[piece.origin].format(piece.text) for piece in pieces)


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [
        ("行動計画を策定", "行動計面を策定", "行動計［−画］［＋面］を策定"),
        ("国際機関", "国際の機関", "国際［＋の］機関"),
        ("拠出金額", "拠出額", "拠出［−金］額"),
        ("日本の国", "日本政府の国", "日本［＋政府］の国"),
        ("国際移住機関駐日事務所", "国際移民機関駐日代表部",
         "国際移［−住］［＋民］機関駐日［−事務所］［＋代表部］"),
        ("財政運営改善委員会", "予算執行検査委員会",
         "［−財政運営改善委員会］［＋予算執行検査委員会］"),  # more than half differs
        ("駐日事務所は、出入国管理や警察の当局と日頃から連絡を取り合っている。",
         "新しい取組として、東京で関係国と二度目の会合を開くことが決まった。",
         "［−駐日事務所は、出入国管理や警察の当局と日頃から連絡を取り合っている。］"
         "［＋新しい取組として、東京で関係国と二度目の会合を開くことが決まった。］"),
        ("1,467名", "1,468名", "［−1,467］［＋1,468］名"),
        ("比率1.7％", "比率1.8％", "比率［−1.7］［＋1.8］％"),
        ("2018年4月", "2018年10月", "2018年［−4］［＋10］月"),
        ("UNODCと", "UNODOと", "UNOD［−C］［＋O］と"),
        ("プログラムを", "プログラムスを", "プログラム［＋ス］を"),
        # another shape of the letter
        ("葛\U000e0100城市", "葛城市", "［−葛\U000e0100］［＋葛］城市"),
        ("・甲をみる。乙をみる。", "・甲をみる。\n・乙をみる。",
         "・甲をみる。［＋\n・］乙をみる。"),
        ("一行目の文。\n二行目の文。", "一行目の文。二行目の文。",
         "一行目の文。［−\n］二行目の文。"),
        ("一行目\n二行目", "一行目\n二行目\n三行目", "一行目\n二行目［＋\n三行目］"),
    ],
)  # fmt: skip
def test_a_change_is_as_small_as_it_can_be_read(first, second, shown):
    assert in_one_line(compare(first, second)) == shown


@pytest.mark.parametrize("seed", SEEDS)
def test_ten_edits_in_eight_thousand_characters_are_few_marks(seed):
    dice = random.Random(seed)
    text = text_of(8_000, dice)
    assert marked(text, edited(text, 10, dice)) <= 26
    in_a_single_line = text.replace("\n", "")
    assert marked(in_a_single_line, edited(in_a_single_line, 10, dice)) <= 26


A, B, C = "・日本の意見が反映された。", "・会計報告の時期を早めた。", "・職員を三名派遣した。"


@pytest.mark.parametrize(
    ("first", "second", "fates"),
    [
        ((A, B), (A, B), "same same"),
        ((A, B), (A, B[:-1] + "い。"), "same changed"),
        ((A,), (A, B), "same added"),
        ((A, B), (B,), "removed same"),
        ((A,), (C,), "changed"),  # the one in the place of the other
        ((A, B, C), (C, A, B), "moved_here same same moved_away"),
        ((A, B, C), (B, C, A), "moved_away same same moved_here"),
        ((A, B, C), (B[:-1], C, A + "同上。"), "removed changed same added"),  # not alike enough
        ((A, B, C), (B, C, A.replace("意見", "意向")), "moved_away same same moved_here"),
        # two alike lines are no divided one
        (("・甲" + A * 2, "・丙" + A * 2), ("・乙" + A * 2, "・丁" + A * 2), "changed changed"),
        ((A, B, A), (B, A, A), "moved_away same same moved_here"),
        (("（1）", A, B), (A, "（1）", B), "removed same added same"),
        ((A, "", B), (B, "", A), "moved_here added same removed moved_away"),
        ((), (), ""),
    ],
)  # fmt: skip
def test_every_line_is_told_what_became_of_it(first, second, fates):
    lines = compare_lines("\n".join(first), "\n".join(second))
    assert " ".join(line.fate for line in lines) == fates


def test_a_moved_line_shows_its_small_edit_in_both_places():
    lines = compare_lines(f"{A}\n{B}\n{C}", f"{B}\n{C}\n{A.replace('意見', '意向')}")
    edit = "・日本の意［−見］［＋向］が反映された。"
    assert {
        line.fate: in_one_line(line.pieces)
        for line in lines
        if line.fate in (Fate.MOVED_AWAY, Fate.MOVED_HERE)
    } == {"moved_away": edit, "moved_here": edit}


WORDS = st.sampled_from(
    [A, B, C, "", "・", "（1）成果", "国際", "12,345", "千円", "葛\U000e0100", "\u3099"]
)
LINE = st.lists(WORDS, max_size=4).map("".join)
END = st.sampled_from(["\n", "\n", "\n", "\r\n", "\x0b", "\u2028"])
TEXT = st.lists(st.tuples(LINE, END).map("".join), max_size=8).map("".join)


@given(TEXT, LINE, TEXT, LINE)
def test_both_texts_can_be_put_together_again(begun, ended, other_begun, other_ended):
    first, second = begun + ended, other_begun + other_ended
    lines = compare_lines(first, second)
    for own, text in ((Origin.FIRST, first), (Origin.SECOND, second)):
        assert "".join(line.text(own) for line in lines) == text
        assert "".join(p.text for p in compare(first, second) if p.origin in ("both", own)) == text


@given(TEXT, TEXT)
def test_what_moved_away_arrived(first, second):
    fates = [line.fate for line in compare_lines(first, second)]
    assert fates.count(Fate.MOVED_AWAY) == fates.count(Fate.MOVED_HERE)


@given(TEXT)
def test_a_text_is_the_same_as_itself(text):
    assert {line.fate for line in compare_lines(text, text)} <= {Fate.SAME}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("あ\n" * 300_000, "い\n" * 400),
        ("甲乙" * 200_000, "乙甲" * 200_000),
        ("・甲の乙。\n・丙の丁。\n" * 5_000, "・丁の丙。\n・甲の丙。\n" * 5_000),
        ("甲\n" * 4_000, "乙\n" * 5_001),
    ],
)  # fmt: skip
def test_texts_beyond_all_measure_are_marked_whole_and_not_compared_for_hours(first, second):
    lines = compare_lines(first, second)
    assert "".join(line.text(Origin.FIRST) for line in lines) == first
    assert {line.fate for line in lines} == {Fate.CHANGED}
