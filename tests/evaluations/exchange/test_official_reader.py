"""Official sheets are read back from the text of their PDFs, and nothing of them is lost."""

import html
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from editions.definition import Definition
from evaluations.exchange.official import ReadSheet
from tests.evaluations.exchange.official_corpus import MadeSheet, made_sheet
from tests.evaluations.exchange.official_editions import H30, INVENTED, read, read_or_refuse
from tests.evaluations.exchange.official_looks import LOOKS, flowing
from tests.seed import SEED, needs_seed


# --- made-up sheets in every look ----------------------------------------------------------------
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


@pytest.mark.sweep
@pytest.mark.parametrize("edition", [H30, INVENTED], ids=lambda edition: edition.key)
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.__name__)
def test_every_field_is_recovered(look: Callable[[MadeSheet], str], edition: Definition) -> None:
    for seed in range(15):
        made = made_sheet(edition, seed)
        assert_recovered(made, read(look(made)))


@pytest.mark.sweep
def test_a_text_cut_short_is_read_or_refused_but_never_crashes() -> None:
    text = flowing(made_sheet(H30, 3))
    lines = text.split("\n")
    for end in range(len(lines)):
        read_or_refuse("\n".join(lines[:end]))
    for end in range(0, len(text), 211):
        read_or_refuse(text[:end])


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
@pytest.mark.sweep
def test_any_beginning_and_any_end_of_the_real_sheet() -> None:
    text = SEED.read_text(encoding="utf-8")
    lines = text.split("\n")
    for end in range(len(lines) + 1):
        read_or_refuse("\n".join(lines[:end]))
        read_or_refuse("\n".join(lines[:3] + lines[end:]))
    for end in range(0, len(text), 53):
        read_or_refuse(text[:end])
