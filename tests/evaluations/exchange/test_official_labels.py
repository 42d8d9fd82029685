"""The labels of an official sheet, however they are broken, and what is no sheet at all."""

import re

import pytest

from evaluations.exchange.official import OfficialTextError, read_official_text
from tests.evaluations.exchange.by_hand import (
    PARTS,
    criterion,
    first_row,
    read_with,
    row,
    sheet_text,
)
from tests.evaluations.exchange.official_editions import messages, read


@pytest.mark.parametrize(
    "label",
    [
        "１　専門分野における活動の成果・影響力",
        "1.専門分野における活動の成果・影響力：",
        "1 専門分野\nにおける活\n動の成果・影\n響力",
        "1 専門分野 における活 動の成果・影 響力",
        "1\n専門分野における活動の\n\n成果・影響力",
        "専門分野における活動の成果･影響力",
        "(1) 専門分野における活動の成果・影響力",
        "1 専⾨分野における活動の成果・影響⼒",
        "1 専門分野における活動の成果",
    ],
)
def test_labels_however_they_are_broken(label: str) -> None:
    sheet = read_with(results=f"{label}\n・光が届いた。")
    assert sheet.texts["results_and_influence"] == "・光が届いた。"
    assert sheet.texts["contribution_summary"] == "光を届ける。"


def test_a_label_within_a_sentence_is_none() -> None:
    text = "・次の年の\n組織・財政マネジメントについては、\nPLAN に従い、\n担当課室名 を改めた。"
    found, sheet = criterion(text)
    assert found == text.replace("\n", "").replace(" ", "")
    assert sheet.responsible_division == "灯台課"


def test_sections_in_another_order() -> None:
    order = [
        "title",
        "organization",
        "first_row",
        "division",
        "results",
        "overview",
        "relevance",
        "management",
        "pdca",
        "report",
        "staffing",
        "remarks",
    ]
    assert read("\n\n".join(PARTS[key] for key in order)).texts == read_with().texts


def test_a_missing_section_is_told() -> None:
    sheet = read_with(management="")
    assert sheet.texts["organizational_financial_management"] == ""
    assert "「2 組織・財政マネジメント」が見つからない" in messages(sheet)


def test_text_that_belongs_nowhere_is_told() -> None:
    sheet = read_with(
        title="別添3\n平成30年度シート\n取扱注意", division="担当課室名 灯台課\n\n以上"
    )
    assert sheet.responsible_division == "灯台課"
    for stray in ("別添3", "取扱注意", "以上"):
        assert f"「{stray}」がどの欄にも属さない" in messages(sheet)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "文字がありません"),
        ("\ufeff \r\n\f", "文字がありません"),
        ("%PDF-1.7\n1 0 obj", "ファイルそのもの"),
        ("PK\x03\x04" + "\x00" * 50, "ファイルそのもの"),
        ("\x00\x01\x02\ufffd" * 40, "文字として読めない"),
        ("議事録\n本日の議題は灯台である。", "表題を探しましたが"),
        ("平成29年度シート\n分担金・拠出金名\t灯台", "「平成29年度シート」とありますが"),
        (sheet_text() + "\n" + sheet_text(), "2枚目のシート"),
        (sheet_text(first_row=first_row(budget="12x千円")), "予算額「12x千円」"),
        (sheet_text(first_row=first_row(budget="1" * 9000 + "千円")), "数として読めません"),
        (sheet_text(staffing=row("1" * 9000, "2", "1", "1", "2", "1", "1")), "読めません"),
        ("平成30年度シート\n" + "あ" * 500_000, "長すぎます"),
    ],
)
def test_what_is_no_sheet_is_refused(text: str, told: str) -> None:
    with pytest.raises(OfficialTextError, match=re.escape(told)):
        read(text)


def test_a_label_in_the_middle_of_its_row_is_told() -> None:
    sheet = read_with(
        management=" " * 14 + "・監査を受けた。その結果は、\n2 組織・財     次の年の会\n"
        "政マネジメ    合で報告した。\nント"
    )
    assert "見出しが欄の中ほど" in messages(sheet)
    assert sheet.texts["organizational_financial_management"] == "次の年の会合で報告した。"


def test_no_edition_at_all() -> None:
    with pytest.raises(OfficialTextError, match="様式が1つも"):
        read_official_text(sheet_text(), [])


def test_the_title_may_be_spaced_out_and_broken() -> None:
    for title in ("平成 ３０ 年度 シート", "平成30年度\nシート", "　　平成３０年度　シート"):
        assert read_with(title=title).edition_key == "h30"
