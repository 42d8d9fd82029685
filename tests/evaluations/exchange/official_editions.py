"""The editions whose sheets are read back: one of the ministry's and an invented one."""

from pathlib import Path

from editions.parse import parse_edition
from evaluations.exchange.official import OfficialTextError, ReadSheet, read_official_text

ROOT = Path(__file__).resolve().parents[3]
H30 = parse_edition((ROOT / "editions" / "data" / "h30.toml").read_text(encoding="utf-8"))
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


def read_or_refuse(text: str) -> None:
    problem, line = "。", 1
    try:
        read(text)
    except OfficialTextError as error:
        problem, line = error.problem, error.line
    assert line >= 1
    assert problem.endswith("。")
