"""The cells of an official sheet: amounts, grades, names, dates and the table of staff."""

from datetime import date
from decimal import Decimal

import pytest

from evaluations.exchange.official import OfficialTextError
from tests.evaluations.exchange.by_hand import PARTS, first_row, read_with, row
from tests.evaluations.exchange.official_editions import messages


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
        ("23,100千円（うち補正1,000千円）", 23100, False),
        ("12,000ドル", None, True),
    ],
)
def test_amounts(budget: str, thousand_yen: int | None, doubtful: bool) -> None:
    sheet = read_with(first_row=first_row(budget=budget))
    assert sheet.budget_thousand_yen == thousand_yen
    assert ("予算額" in messages(sheet)) is doubtful
    assert sheet.overall_grade == "B"


def test_the_part_of_a_supplementary_budget() -> None:
    sheet = read_with(first_row=first_row(budget="23,100千円 (うち補正１,０００千円)"))
    assert (sheet.budget_thousand_yen, sheet.supplementary_thousand_yen) == (23100, 1000)
    sheet = read_with(first_row=first_row(budget="23,100千円"))
    assert sheet.supplementary_thousand_yen == 0


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
