"""Sheets to be printed in tests: generated ones, as unlike each other as officers write them.

The same number gives the same sheet. Every word is invented.
"""

import random
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from contributions.enums import ContributionType, Earmarking
from editions.definition import Definition, Section
from editions.domain.load import SHIPPED
from editions.parse import parse_edition
from evaluations.content import ReportFacts, SheetContent
from evaluations.paper.build import build
from evaluations.paper.document import FormRow, PrintDocument, RowPart
from staffing.figures import StaffingFigures
from tests.seed import lines_by_row, squeezed
from texts.notation import normalize, parse

ANOTHER_YEAR = Path(__file__).resolve().parents[1] / "another_year.toml"
WORDS = [
    "井戸を掘る事業",
    "水質の検査",
    "村への引渡し",
    "住民の研修",
    "給水網の整備",
    "議長国",
    "作業部会",
    "加盟国",
    "理事会",
    "事務局長",
    "年次報告書",
    "評価対象期間",
    "成果目標",
    "達成状況",
    "改善点",
    "拠出金",
    "キャパシティビルディング",
    "パートナーシップ",
    "モニタリング",
    "ワークショップ",
    "フォローアップ",
    "髙﨑①㈱",
    "10～25℃",
    "350㎡",
    "𠮷野家",
    "か゚行",
    "草彅",
    "葛󠄀城",
    "Ⅲ型",
    "〇か国",
    "々",
    "「水と衛生」",
    "（第3次計画）",
    "『井戸白書』",
    "〔暫定版〕",
    "いわゆる「村の井戸」",
    "1,234,567人",
    "第17回",
    "95.3%",
    "2019年12月末",
    "US$1,000,000",
    "3／4",
    "約２０か所",
    "KKK",
    "WASH",
    "Contribution",
    "Interorganizational",
    "(Prevention)",
    "well-being",
    "A/RES/70/1",
    "Internationalisierungsbestrebungen",
    "https://www.example.org/ja/wells/2019/report.html?id=12",
    "https://example.org/a/very/long/path/that/goes/on/and/on/until/the/column/is/full/index.html",
]
ENDINGS = (
    "した。",
    "している。",
    "する（予定）。",
    "とのこと。",
    "ところ、",
    "、",
    "・",
    "」。",
    "",
)


@cache
def h30() -> Definition:
    """Return the shipped form."""
    return parse_edition((SHIPPED / "h30.toml").read_text(encoding="utf-8"))


@cache
def another_year() -> Definition:
    """Return the invented form."""
    return parse_edition(ANOTHER_YEAR.read_text(encoding="utf-8"))


def content(number: int, definition: Definition, *, length: int = 3) -> SheetContent:
    """Return what the sheet called ``number`` says; texts have about ``length`` lines each."""
    dice = random.Random(number)
    return SheetContent(
        edition=definition.key,
        fiscal_year=definition.fiscal_year,
        contribution_name=_name(dice, "拠出金") + dice.choice(["", "（井戸を掘る事業）"]),
        contribution_type=dice.choice(ContributionType.values),
        earmarking=dice.choice(Earmarking.values),
        organization=_name(dice, "機関"),
        division=_name(dice, "室"),
        budget_thousand_yen=dice.choice([None, 0, 23_100, 10 ** dice.randint(3, 13) - 1]),
        overall_grade=dice.choice(["", *(g.key for g in definition.scales[0].grades)]),
        staffing=_staffing(dice),
        financial_report=ReportFacts("received", date(2019, dice.randint(1, 12), 1), 2018),
        texts={
            item.key: text(dice, dice.choice([0, 1, 1, 2, length, length]))
            for item in definition.text_items
        },
    )


def document(number: int, definition: Definition | None = None, **kwargs: int) -> PrintDocument:
    """Return the sheet called ``number`` as it is printed."""
    form = definition or h30()
    return build(content(number, form, **kwargs), form)


def moved(sheet: PrintDocument, lines: int) -> PrintDocument:
    """Return ``sheet`` with so many lines before it, so that its pages break elsewhere."""
    blocks = parse("\n".join(["・草"] * lines))
    filler = FormRow("filler", ("埋め草",), (RowPart("text", "filler", blocks=blocks),))
    return replace(sheet, rows=(filler, *sheet.rows) if lines else sheet.rows)


def text(dice: random.Random, lines: int) -> str:
    """Return so many lines as an officer might type them: bullets, notes, headings, underlines."""
    made, depth = [], 0
    for _ in range(lines):
        depth = max(0, min(6, depth + dice.choice([-6, -1, 0, 0, 1, 1])))
        marker = dice.choice(["・"] * 6 + ["", "（1）", "（注）", "（注12）", "※", "※3", "(注)"])
        words = "".join(_piece(dice) for _ in range(dice.randint(1, 14))) or "水"
        made.append("　" * depth + marker + words)
    return normalize("\n".join(made))


def _piece(dice: random.Random) -> str:
    word = dice.choice(WORDS)
    if dice.random() < 0.08:
        word = f"[[{word}]]"
    return word + dice.choice(["の", "を", "に関し", "と ", *ENDINGS])


def _name(dice: random.Random, ending: str) -> str:
    stems = ["架空", "国際", "井戸", "海洋", "気候変動枠組", "人間居住", "地域協力", "水質"]
    name = "".join(dice.choices(stems, k=dice.choice([1, 2, 2, 3, 12]))) + ending
    return name + dice.choice(["", "（KKK）", "（Interorganizational Committee on Wells）"])


def _staffing(dice: random.Random) -> StaffingFigures:
    def some(highest: int) -> int | None:
        return dice.choice([None, 0, highest, highest])

    return StaffingFigures(
        as_of=dice.choice([None, date(2017, 12, 31), date(2018, 11, 15)]),
        member_count=some(193),
        professional_staff_total=some(dice.choice([12, 1467, 123_456])),
        japanese_staff=some(25),
        japanese_senior_staff=some(3),
        previous_japanese_staff=some(1_023),
        previous_japanese_senior_staff=some(1),
    )


def seed() -> PrintDocument:
    """Return the real sheet beside the checkout, as the form divides it."""
    form = h30()
    labels = {
        squeezed(f"{section.number}{section.label}"): section
        for section in form.sections
        if not section.first_row
    }
    before, *rows = lines_by_row(list(labels)).items()
    said = {labels[label].key: lines for label, lines in rows}
    texts = [_texts(section, said[section.key]) for section in labels.values()]
    return build(
        SheetContent(
            edition=form.key,
            fiscal_year=form.fiscal_year,
            contribution_name=max(before[1], key=len),
            contribution_type=ContributionType.VOLUNTARY,
            earmarking=Earmarking.EARMARKED,
            organization=said["organization"][0],
            division=said["responsible_division"][0],
            budget_thousand_yen=23_100,
            overall_grade="B",
            staffing=StaffingFigures(date(2017, 12, 31), 169, 1467, 25, 1, None, 23, 1),
            financial_report=ReportFacts("received", date(2018, 6, 1), 2017),
            texts={key: text for each in texts for key, text in each.items()},
        ),
        form,
    )


def _texts(section: Section, lines: list[str]) -> dict[str, str]:
    """Divide the lines of a row between its items, by the labels that stand in them."""
    texts: dict[str, list[str]] = {item.key: [] for item in section.items if item.is_text}
    names = {squeezed(item.name): item.key for item in section.items if item.name}
    key = "" if names else next(iter(texts), "")
    for line in lines:
        name = next((name for name in names if line.removeprefix("・").startswith(name)), "")
        key = names.get(name, key)
        rest = line.removeprefix(name).removeprefix("：")
        if key in texts and rest:
            texts[key].append(rest)
    return {key: "\n".join(said) for key, said in texts.items()}
