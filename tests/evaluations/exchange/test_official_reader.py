"""Official sheets are read back from the text of their PDFs, and nothing of them is lost."""

import html
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from evaluations.editions.definition import Definition
from evaluations.editions.parse import parse_edition
from evaluations.exchange.official import (
    OfficialTextError,
    ReadSheet,
    read_official_text,
)
from tests.evaluations.exchange.official_corpus import LOOKS, MadeSheet, flowing, made_sheet
from tests.seed import SEED, needs_seed

ROOT = Path(__file__).resolve().parents[3]
H30 = parse_edition(
    (ROOT / "evaluations" / "editions" / "data" / "h30.toml").read_text(encoding="utf-8")
)
INVENTED = parse_edition(
    """
key = "invented"
title = "令和12年度 灯台評価シート"
year_label = "令和12年度"
fiscal_year = 2030
print_template = "none.html"
contribution_types = ["assessed", "mandatory", "voluntary"]
[[scales]]
key = "nine"
grades = [{key = "S"}, {key = "A+"}, {key = "A-"}, {key = "B"}]
[[sections]]
key = "top"
label = "概要"
first_row = true
[[sections.items]]
key = "type"
kind = "contribution_type"
label = "拠出の種別"
[[sections.items]]
key = "name"
kind = "contribution_name"
label = "件名"
[[sections.items]]
key = "money"
kind = "budget"
label = "12年度当初予算"
amounts = ["initial"]
[[sections.items]]
key = "grade"
kind = "grade"
label = "評定"
scale = "nine"
[[sections]]
key = "body"
label = "拠出先機関"
[[sections.items]]
key = "body"
kind = "organization"
[[sections]]
key = "light"
number = "Ⅰ"
label = "灯火の到達度"
[[sections.items]]
key = "reach"
kind = "criterion"
number = "1-1"
label = "到達距離の実績"
[[sections.items]]
key = "colour"
kind = "criterion"
number = "1-2"
label = "色の見分けやすさ"
[[sections]]
key = "people"
number = "Ⅱ"
label = "灯台守の状況"
[[sections.items]]
key = "table"
kind = "staffing"
[[sections.items.columns]]
key = "japanese_staff"
label = "日本人灯台守の数"
qualifiers = ["({as_of}時点)"]
[[sections.items.columns]]
key = "professional_staff_total"
label = "灯台守の総数"
[[sections.items.columns]]
key = "japanese_staff_ratio"
label = "割合"
[[sections.items]]
key = "people_notes"
kind = "criterion"
label = "灯台守に関する特記"
[[sections]]
key = "money_report"
number = "Ⅲ"
label = "決算の受領"
[[sections.items]]
key = "money_report"
kind = "financial_report"
[[sections]]
key = "division"
label = "所管課"
[[sections.items]]
key = "division"
kind = "division"
"""
)


def read(text: str) -> ReadSheet:
    return read_official_text(text, [INVENTED, H30])


def messages(sheet: ReadSheet) -> str:
    return "\n".join(f"{doubt.line}:{doubt.item}:{doubt.message}" for doubt in sheet.doubts)


# --- made-up sheets in every look --------------------------------------------------------------


def assert_recovered(made: MadeSheet, sheet: ReadSheet) -> None:
    columns = [c.key for c in made.edition.item_of_kind("staffing").columns]
    assert sheet.edition_key == made.edition.key
    assert sheet.texts == made.stored
    assert (sheet.contribution_name, sheet.contribution_type) == (made.name, made.kind)
    assert (sheet.budget_thousand_yen, sheet.overall_grade) == (made.budget, made.grade)
    assert sheet.organization_name == made.organization
    assert sheet.organization_abbreviation == made.abbreviation
    assert sheet.responsible_division == made.division
    assert sheet.financial_report.received_month == made.received
    assert sheet.financial_report.covers_fiscal_year == made.covers
    assert sheet.staffing.printed_ratio == made.ratio
    assert sheet.staffing.as_of == made.as_of
    assert sheet.staffing.staffing_missing == (made.ratio is None)
    for key, figure in made.figures.items():
        assert getattr(sheet.staffing, key) == (figure if key in columns else None)


@pytest.mark.parametrize("edition", [H30, INVENTED], ids=lambda edition: edition.key)
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.__name__)
def test_every_field_is_recovered(look: Callable[[MadeSheet], str], edition: Definition) -> None:
    for seed in range(15):
        made = made_sheet(edition, seed)
        assert_recovered(made, read(look(made)))


def test_a_text_cut_short_is_read_or_refused_but_never_crashes() -> None:
    text = flowing(made_sheet(H30, 3))
    lines = text.split("\n")
    for end in range(len(lines)):
        read_or_refuse("\n".join(lines[:end]))
    for end in range(0, len(text), 211):
        read_or_refuse(text[:end])


def read_or_refuse(text: str) -> None:
    problem, line = "。", 1
    try:
        read(text)
    except OfficialTextError as error:
        problem, line = error.problem, error.line
    assert line >= 1
    assert problem.endswith("。")


# --- the real sheet ------------------------------------------------------------------------------


@needs_seed
def test_the_real_sheet() -> None:
    sheet = read(SEED.read_text(encoding="utf-8"))
    assert sheet.doubts == ()
    assert sheet.budget_thousand_yen == 23100
    assert sheet.contribution_type == "voluntary"
    assert sheet.overall_grade == "B"
    assert sheet.organization_abbreviation == "IOM"
    assert sheet.staffing.member_count == 169
    assert sheet.staffing.professional_staff_total == 1467
    assert sheet.staffing.japanese_staff == 25
    assert sheet.staffing.japanese_senior_staff == 1
    assert sheet.staffing.printed_ratio == Decimal("1.7")
    assert sheet.staffing.previous_japanese_staff == 23
    assert sheet.staffing.previous_japanese_senior_staff == 1
    assert sheet.staffing.as_of == date(2017, 12, 31)
    assert sheet.financial_report.received_month == date(2018, 6, 1)
    assert sheet.financial_report.covers_fiscal_year == 2017
    assert sheet.responsible_division == "国際安全・治安対策協力室"
    bullets = {
        key: sum(line.startswith("・") for line in text.split("\n"))
        for key, text in sheet.texts.items()
    }
    assert bullets == {
        "background_and_mandate": 3,
        "contribution_summary": 0,
        "results_and_influence": 3,
        "organizational_financial_management": 1,
        "diplomatic_relevance": 11,
        "remarks": 5,
        "plan": 0,
        "do": 0,
        "check": 0,
        "act": 0,
    }
    assert sum(line.startswith("(注)") for line in sheet.texts["remarks"].split("\n")) == 1
    assert all(len(sheet.texts[key].split("\n")) == 1 for key in ("plan", "do", "check", "act"))


@needs_seed
def test_nothing_of_the_real_sheet_is_lost_or_moved() -> None:
    source = SEED.read_text(encoding="utf-8")
    sheet = read(source)
    printed = [
        "title:" + H30.title,
        *(
            f"{label}{value}"
            for label, value in zip(
                (item.label for item in H30.sections[0].items),
                (
                    sheet.contribution_name,
                    "任意拠出金",
                    f"{sheet.budget_thousand_yen:,}千円",
                    sheet.overall_grade,
                ),
                strict=True,
            )
        ),
    ]
    for section in H30.sections[1:]:
        printed.append(section.number + section.label)
        for item in section.items:
            label = item.number + item.label
            if item.kind == "organization":
                value = f"{sheet.organization_name}（{sheet.organization_abbreviation}）"
            elif item.kind == "staffing":
                value = staffing_as_printed(sheet)
            elif item.kind == "financial_report":
                value = sheet.financial_report.text
            elif item.kind == "division":
                value = sheet.responsible_division
            else:
                value = sheet.texts[item.key]
            printed.append(label + value)
    assert bare("".join(printed)).removeprefix("title") == bare(source)


def staffing_as_printed(sheet: ReadSheet) -> str:
    columns = H30.item_of_kind("staffing").columns
    as_of = f"{sheet.staffing.as_of.year}年{sheet.staffing.as_of.month}月末"
    headings = "".join(c.label + "".join(c.qualifiers).format(as_of=as_of) for c in columns)
    staffing = sheet.staffing
    return headings + "".join(
        f"{staffing.printed_ratio}%"
        if column.key == "japanese_staff_ratio"
        else f"{getattr(staffing, column.key):,}"
        for column in columns
    )


def bare(text: str) -> str:
    """Return ``text`` without tags, spaces, colons behind labels, and marks of bullets."""
    text = html.unescape(re.sub(r"<[^>]*>", "", text))
    return re.sub(r"[\s：:・-]", "", text)


@needs_seed
def test_any_beginning_and_any_end_of_the_real_sheet() -> None:
    text = SEED.read_text(encoding="utf-8")
    lines = text.split("\n")
    for end in range(len(lines) + 1):
        read_or_refuse("\n".join(lines[:end]))
        read_or_refuse("\n".join(lines[:3] + lines[end:]))
    for end in range(0, len(text), 53):
        read_or_refuse(text[:end])


# --- single awkward things, written by hand -----------------------------------------------------

PARTS = {
    "title": "平成30年度シート",
    "first_row": "分担金・拠出金名\t灯台機関（WLO）拠出金\t種別\t任意拠出金\t"
    "30年度予算額\t1,200千円\t総合評価\tB",
    "organization": "拠出先国際機関名\t灯台機関（WLO）",
    "overview": "国際機関等の概要及び成果目標\t（1）設立経緯等・目的：\n・灯台を守る。\n"
    "（2）拠出の概要及び成果目標：光を届ける。",
    "results": "1 専門分野における活動の成果・影響力\t・光が届いた。",
    "management": "2 組織・財政マネジメント\t・監査を受けた。",
    "relevance": "3 日本の外交課題遂行における有用性・重要性\t・港が栄えた。",
    "staffing": "4 日本人職員・ポストの状況等\t加盟国等の数\t全職員数(専門職以上。以下同じ。)"
    "(2017年12月末時点)\tうち、日本人職員数\tうち、日本人幹部職員数\t"
    "日本人職員の比率(2017年12月末時点)\t日本人職員数(前年同時期)\t日本人幹部職員数(前年同時期)\n"
    "\t169\t1,000\t25\t1\t2.5%\t23\t1",
    "remarks": "その他特記事項：\n・灯台守が増えた。",
    "pdca": "5 PDCAサイクルの確保等\tPLAN\t立てる。\n\tDO\t行う。\n"
    "\tCHECK\t調べる。\n\tACT\t直す。",
    "report": "・財政状況の報告：2018年6月（2017年度）",
    "division": "担当課室名 灯台課",
}


def sheet_text(**changes: str) -> str:
    return "\n".join((PARTS | changes).values())


def read_with(**changes: str) -> ReadSheet:
    return read(sheet_text(**changes))


def first_row(
    name: str = "灯台機関（WLO）拠出金",
    kind: str = "任意拠出金",
    budget: str = "1,200千円",
    grade: str = "B",
) -> str:
    return f"分担金・拠出金名\t{name}\t種別\t{kind}\t30年度予算額\t{budget}\t総合評価\t{grade}"


def criterion(text: str) -> tuple[str, ReadSheet]:
    sheet = read_with(results="1 専門分野における活動の成果・影響力\n" + text)
    return sheet.texts["results_and_influence"], sheet


def row(*figures: str) -> str:
    return PARTS["staffing"].split("\n")[0] + "\n\t" + "\t".join(figures)


def test_the_plain_sheet_raises_no_doubt() -> None:
    sheet = read_with()
    assert sheet.doubts == ()
    assert sheet.texts["background_and_mandate"] == "・灯台を守る。"
    assert sheet.texts["contribution_summary"] == "光を届ける。"
    assert sheet.texts["remarks"] == "・灯台守が増えた。"
    assert sheet.texts["act"] == "直す。"


@pytest.mark.parametrize(
    ("budget", "thousand_yen", "doubtful"),
    [
        ("23,100千円", 23100, False),
        ("１，２３４，５６７ 千円", 1234567, False),
        ("0千円", 0, False),
        ("－", None, False),
        ("", None, False),
        ("23.1百万円", 23100, True),
        ("23,100,000円", 23100, True),
        ("23,100", 23100, True),
        ("23,10千円", 2310, True),
        ("1億円", 100000, True),
        ("23,100千円（補正1,000千円）", 23100, True),
        ("12,000ドル", None, True),
    ],
)
def test_amounts(budget: str, thousand_yen: int | None, doubtful: bool) -> None:
    sheet = read_with(first_row=first_row(budget=budget))
    assert sheet.budget_thousand_yen == thousand_yen
    assert ("予算額" in messages(sheet)) is doubtful
    assert sheet.overall_grade == "B"


@pytest.mark.parametrize(
    ("grade", "read_as", "doubtful"),
    [("Ｂ", "B", False), ("―", "", False), ("S", "S", True), ("B＋", "B＋", True)],
)
def test_grades(grade: str, read_as: str, doubtful: bool) -> None:
    sheet = read_with(first_row=first_row(grade=grade))
    assert sheet.overall_grade == read_as
    assert ("A・B・C・D" in messages(sheet)) is doubtful


@pytest.mark.parametrize(
    ("cell", "name", "abbreviation"),
    [
        ("灯台機関（WLO）", "灯台機関", "WLO"),
        ("灯台機関 (WLO)", "灯台機関", "WLO"),
        ("灯台女性機関（UN Light）", "灯台女性機関", "UN Light"),
        ("灯台居住計画（UN-Lamp）", "灯台居住計画", "UN-Lamp"),
        ("灯台基金", "灯台基金", ""),
        ("灯台機関（本部：港町）", "灯台機関（本部：港町）", ""),
        ("灯台条約（第2条（改正））機関（LTO）", "灯台条約（第2条（改正））機関", "LTO"),
        ("灯台機関（LTO（旧ＬＴ））", "灯台機関（LTO（旧ＬＴ））", ""),
        ("灯台機関（LTO）準備委員会", "灯台機関（LTO）準備委員会", ""),
        ("灯台機関（LTO(PrepCom)）", "灯台機関", "LTO(PrepCom)"),
    ],
)
def test_names_of_organisations(cell: str, name: str, abbreviation: str) -> None:
    sheet = read_with(organization=f"拠出先\n国際機関名\t{cell}")
    assert (sheet.organization_name, sheet.organization_abbreviation) == (name, abbreviation)


def test_another_organisation_in_the_name_is_told() -> None:
    assert "機関が正しいか" in messages(read_with(organization="拠出先国際機関名\t干潟機関（TFO）"))


@pytest.mark.parametrize(
    ("report", "received", "covers", "doubtful"),
    [
        ("2018 年 6 月 (2017 年度)", date(2018, 6, 1), 2017, False),
        ("平成３０年６月（平成29年度）", date(2018, 6, 1), 2017, False),
        ("平成30年（2018年）6月（平成29年（2017年）度）", date(2018, 6, 1), 2017, False),
        ("令和元年5月（平成30年度）", date(2019, 5, 1), 2018, False),
        ("2017年6月（2016年度）、2018年7月（2017年度）", date(2018, 7, 1), 2017, True),
        ("2018年6月（2017年）", date(2018, 6, 1), 2017, True),
        ("2018年6月", date(2018, 6, 1), None, True),
        ("未受領（監査の遅れによる。2017年度）", None, 2017, True),
        ("―", None, None, False),
        ("2018年13月（2017年度）", None, 2017, True),
    ],
)
def test_financial_reports(
    report: str, received: date | None, covers: int | None, doubtful: bool
) -> None:
    sheet = read_with(report=f"- ・ 財政状況の報告：{report}")
    assert sheet.financial_report.received_month == received
    assert sheet.financial_report.covers_fiscal_year == covers
    assert bool(sheet.doubts) is doubtful
    assert sheet.texts["act"] == "直す。"


@pytest.mark.parametrize(
    ("as_of", "day", "doubtful"),
    [
        ("2017年12月末時点", date(2017, 12, 31), False),
        ("2017 年 6 月 30 日現在", date(2017, 6, 30), False),
        ("平成29年12月末", date(2017, 12, 31), False),
        ("2017年末", date(2017, 12, 31), False),
        ("2018年2月", date(2018, 2, 28), True),
        ("2016年度末", date(2017, 3, 31), True),
        ("昨年末", None, True),
    ],
)
def test_the_date_of_the_staffing_table(as_of: str, day: date | None, doubtful: bool) -> None:
    sheet = read_with(staffing=PARTS["staffing"].replace("2017年12月末時点", as_of))
    assert sheet.staffing.as_of == day
    assert ("時点" in messages(sheet)) is doubtful


def test_a_ratio_that_does_not_follow_from_the_figures_is_told() -> None:
    sheet = read_with(staffing=row("169", "1,467", "25", "1", "2.7%", "23", "1"))
    assert sheet.staffing.printed_ratio == Decimal("2.7")
    assert "25÷1467では1.7%" in messages(sheet)


@pytest.mark.parametrize("figures", [("―",) * 7, ("169", *("－",) * 6), ("",) * 7, ("―",)])
def test_a_table_that_says_nothing(figures: tuple[str, ...]) -> None:
    sheet = read_with(staffing=row(*figures))
    assert sheet.staffing.staffing_missing
    assert sheet.staffing.japanese_staff is None
    assert "職員数の表に数値がありません" in messages(sheet)
    assert sheet.texts["remarks"] == "・灯台守が増えた。"


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        (("169", "1,467", "12x", "1", "1.7%", "23", "1"), "12x"),
        (("169", "1,467", "25", "1", "1.7%", "23"), "6個"),
        (("169", "1,467", "25", "1", "1.7%", "23", "1", "4"), "8個"),
        (("169", "1,467", "2.5", "1", "1.7%", "23", "1"), "2.5"),
    ],
)
def test_a_wrong_table_is_refused_with_its_line(figures: tuple[str, ...], told: str) -> None:
    with pytest.raises(OfficialTextError) as refused:
        read_with(staffing=row(*figures))
    assert told in refused.value.problem
    assert refused.value.line == 11
    assert str(refused.value).startswith("11行目：")


def test_a_blank_cell_of_the_table_keeps_its_place() -> None:
    staffing = read_with(staffing=row("169", "1,467", "", "1", "", "23", "1")).staffing
    assert (staffing.member_count, staffing.japanese_staff) == (169, None)
    assert (staffing.japanese_senior_staff, staffing.previous_japanese_staff) == (1, 23)


@pytest.mark.parametrize(
    "figures",
    [
        "169 1,467 25 1 1.7% 23 1",
        "169\n1,467\n25\n1\n1.7%\n23\n1",
        "169 1,467\n\n25 1 1.7 % 23 1",
        "１６９　１，４６７　２５名　１名　１．７％　２３名　１名",
    ],
)
def test_figures_without_headings(figures: str) -> None:
    staffing = read_with(staffing="4 日本人職員・ポストの状況等\n" + figures).staffing
    assert (staffing.member_count, staffing.professional_staff_total) == (169, 1467)
    assert (staffing.printed_ratio, staffing.previous_japanese_senior_staff) == (Decimal("1.7"), 1)


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


def test_the_overview_on_one_line() -> None:
    sheet = read_with(
        overview="国際機関等の概要及び成果目標 (1)設立経緯等・目的： ・灯台を守る。 ・港を守る。 "
        "(2) 拠出の概要及び成果目標： 光を届ける。"
    )
    assert sheet.texts["background_and_mandate"] == "・灯台を守る。\n・港を守る。"
    assert sheet.texts["contribution_summary"] == "光を届ける。"


def test_headings_in_one_row_and_values_in_the_next() -> None:
    sheet = read_with(
        first_row="分担金・拠出金名\t種別\t30年度予算額\t総合評価\n"
        "灯台機関（WLO）拠出金\t義務的拠出金\t1,200千円\tC"
    )
    assert sheet.contribution_name == "灯台機関（WLO）拠出金"
    assert (sheet.contribution_type, sheet.budget_thousand_yen) == ("mandatory", 1200)
    assert sheet.overall_grade == "C"


def test_an_unknown_type_is_told() -> None:
    sheet = read_with(first_row=first_row(kind="出資金"))
    assert sheet.contribution_type == ""
    assert "「出資金」は分担金・義務的拠出金・任意拠出金のどれでもありません" in messages(sheet)


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
