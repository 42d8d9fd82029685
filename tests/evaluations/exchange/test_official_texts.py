"""The texts of an official sheet: bullets, notes, broken lines, and the furniture of the pages."""

import pytest

from tests.evaluations.exchange.by_hand import PARTS, criterion, read_with
from tests.evaluations.exchange.official_editions import messages


def test_text_behind_the_table_without_its_label_is_kept() -> None:
    sheet = read_with(remarks="・灯台守が増えた。")
    assert sheet.texts["remarks"] == "・灯台守が増えた。"
    assert "見出しのない文" in messages(sheet)


def test_middle_dots_within_words_are_no_bullets() -> None:
    words = "帰港・停泊支援、日・ABC会議、カウンセリング ・ 研修、NPO ・港湾局との連携。"
    text, _ = criterion(f"・{words}")
    assert text == "・" + words.replace(" ", "")


def test_several_bullets_and_a_note_on_one_line() -> None:
    text, _ = criterion("・灯を点けた。 ・港を開いた（計2回）。 (注) 冬を除く。 ・船を導いた。")
    assert text == "・灯を点けた。\n・港を開いた（計2回）。\n(注)冬を除く。\n・船を導いた。"


def test_unfinished_bullets_on_one_line_are_split_and_told() -> None:
    text, sheet = criterion("・灯台の点検 ・港の整備")
    assert text == "・灯台の点検\n・港の整備"
    assert "迷いました" in messages(sheet)


@pytest.mark.parametrize(
    "bullet", ["・", "- ・ ", "•", "● ", "○", "- ", "-", "&bull; ", "\uf0b7 ", "･"]
)
def test_every_bullet_becomes_the_stored_one(bullet: str) -> None:
    text, _ = criterion(f"{bullet}灯を点けた。\n{bullet}港を開いた。")
    assert text == "・灯を点けた。\n・港を開いた。"


def test_a_bullet_on_a_line_of_its_own() -> None:
    assert criterion("・\n灯を点けた。\n・\n港を開いた。")[0] == "・灯を点けた。\n・港を開いた。"


@pytest.mark.parametrize("bullet", ["  - ", "　・", "◦ ", "　○"])
def test_deeper_bullets_are_indented(bullet: str) -> None:
    text, _ = criterion(f"・灯を点けた。\n{bullet}東の灯。\n{bullet}西の灯。\n・港を開いた。")
    assert text == "・灯を点けた。\n　・東の灯。\n　・西の灯。\n・港を開いた。"


def test_wrapped_lines_are_joined_as_japanese_and_as_latin() -> None:
    text, sheet = criterion(
        "・沖の船に光を届け、New\nYork の港湾局と1,\n467回の会\n　合を開いた。\n・港を開いた。"
    )
    assert text == "・沖の船に光を届け、New Yorkの港湾局と1,467回の会合を開いた。\n・港を開いた。"
    assert sheet.doubts == ()


def test_spaces_go_beside_japanese_and_stay_between_latin_words() -> None:
    text, _ = criterion(
        "・2017 年 12 月、所長 (P5)、副所長 (D1) が Open Lake Forum に 95% 参加　した。"
    )
    assert text == "・2017年12月、所長(P5)、副所長(D1)がOpen Lake Forumに95%参加　した。"


def test_headings_and_notes_within_a_text() -> None:
    text, _ = criterion(
        "（1）灯台\n・光った。\n（注1）冬。\n（注2）夏。\n※ 春。\n( 2 ) 港\n・開いた。"
    )
    assert text == "（1）灯台\n・光った。\n（注1）冬。\n（注2）夏。\n※春。\n(2)港\n・開いた。"


def test_a_number_in_brackets_within_a_sentence_is_no_heading() -> None:
    text, sheet = criterion("・次の三つ、(1)灯、\n(2)港、\n(3)船を守った。")
    assert text == "・次の三つ、(1)灯、(2)港、(3)船を守った。"
    assert "続きとしました" in messages(sheet)


@pytest.mark.parametrize(
    "furniture",
    [
        "\n2\n",
        "- 2 -",
        "2/3",
        "Page 2",
        "2\f",
        "\f",
        "\n\f平成30年度シート\n",
        "平成30年度シート（続き）",
        "- 2 -\n3　日本の外交課題遂行における有用性・重要性（続き）",
    ],
)
def test_page_furniture_is_dropped_and_the_section_goes_on(furniture: str) -> None:
    relevance = (
        f"{PARTS['relevance']}\n{furniture}\n- ・ 船が増えた。\n・橋が\n{furniture}\n架かった。"
    )
    sheet = read_with(relevance=relevance)
    assert sheet.texts["diplomatic_relevance"] == "・港が栄えた。\n・船が増えた。\n・橋が架かった。"


def test_a_figure_alone_on_its_line_is_no_page_number() -> None:
    text, _ = criterion("・灯台は全部で\n25\n基である。")
    assert text == "・灯台は全部で25基である。"


def test_the_overview_on_one_line() -> None:
    sheet = read_with(
        overview="国際機関等の概要及び成果目標 (1)設立経緯等・目的： ・灯台を守る。 ・港を守る。 "
        "(2) 拠出の概要及び成果目標： 光を届ける。"
    )
    assert sheet.texts["background_and_mandate"] == "・灯台を守る。\n・港を守る。"
    assert sheet.texts["contribution_summary"] == "光を届ける。"


def test_an_unsure_paragraph_is_told() -> None:
    text, sheet = criterion(
        "光が沖の船まで届き、港へ\n帰る道が明るくなったとい\nう。\n次の年も続けた。"
    )
    assert text == "光が沖の船まで届き、港へ帰る道が明るくなったという。\n次の年も続けた。"
    text, sheet = criterion(
        "光が沖の船まで届き、港へ\n帰る道が明るくなったこと。\n次の年も続けた。"
    )
    assert text == "光が沖の船まで届き、港へ帰る道が明るくなったこと。次の年も続けた。"
    assert "段落を分けずに" in messages(sheet)
