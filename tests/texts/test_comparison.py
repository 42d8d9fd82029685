"""Two texts compared: exact to the character, and readable in Japanese."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.comparison import compare


def marked(first, second):
    """Return both texts in one line: ［−only first］［＋only second］."""
    signs = {"both": "{}", "first": "［−{}］", "second": "［＋{}］"}
    return "".join(signs[piece.origin].format(piece.text) for piece in compare(first, second))


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [
        ("同じ文。", "同じ文。", "同じ文。"),
        ("", "新しい文。", "［＋新しい文。］"),
        ("消えた文。", "", "［−消えた文。］"),
        ("11名の帰国を支援", "12名の帰国を支援", "［−11］［＋12］名の帰国を支援"),
        (
            "予算は１，４６７千円",
            "予算は１，５００千円",
            "予算は［−１，４６７］［＋１，５００］千円",
        ),
        ("理事会で発言した。", "総会で発言した。", "［−理事会］［＋総会］で発言した。"),
        (
            "IOMによるプログラム",
            "UNHCRによるプロジェクト",
            "［−IOM］［＋UNHCR］による［−プログラム］［＋プロジェクト］",
        ),
        ("一行目\n二行目\n三行目", "一行目\n三行目", "一行目\n［−二行目\n］三行目"),
        ("一行目\n二行目", "一行目\n間の行\n二行目", "一行目\n［＋間の行\n］二行目"),
        ("甲の乙", "丙の丁", "［−甲の乙］［＋丙の丁］"),  # one の in common is chance
    ],
)
def test_changes_are_marked_by_runs_of_one_script(first, second, shown):
    assert marked(first, second) == shown


TEXT = st.text(alphabet="国際会議のをはがアイウ12,.。、・\n\r\x0b\u2028 ABé𠮷々", max_size=60)


@given(TEXT, TEXT)
def test_nothing_is_added_and_nothing_left_out(first, second):
    pieces = compare(first, second)
    for own, text in (("first", first), ("second", second)):
        assert "".join(p.text for p in pieces if p.origin in ("both", own)) == text
    assert all(piece.text for piece in pieces)


def test_few_changes_in_a_long_text_are_few_marks():
    sentence = "・第{}回理事会において、日本の意見は2018年の行動計画に反映された。"
    lines = [sentence.format(n) for n in range(240)]
    first = "\n".join(lines)
    for n in range(0, 240, 24):
        lines[n] = lines[n].replace("日本の意見", "日本政府の提案")
    assert len(first) > 8000
    pieces = compare(first, "\n".join(lines))
    changed = [piece.text for piece in pieces if piece.origin != "both"]
    assert changed == ["日本の意見", "日本政府の提案"] * 10


def test_two_texts_with_nothing_in_common_are_one_mark_each():
    pieces = compare("甲の乙は丙を丁に" * 3750, "子の丑は寅を卯に" * 3750)
    assert [p.origin for p in pieces] == ["first", "second"]
