"""Sheets to print, as long as the official ones: three pages of invented text."""

from datetime import date
from functools import cache

from bench.editions import shipped
from bench.prose import prose
from contributions.enums import ContributionType, Earmarking
from editions.definition import Definition
from editions.parse import parse_edition
from evaluations.content import ReportFacts, SheetContent
from evaluations.paper.build import build
from evaluations.paper.document import PrintDocument
from staffing.figures import StaffingFigures

CHARACTERS = 2_700


def document(seed: int, characters: int = CHARACTERS) -> PrintDocument:
    """Return a document of about so many characters, a different one for each ``seed``."""
    return build(content(seed, characters), definition())


def content(seed: int, characters: int = CHARACTERS) -> SheetContent:
    """Return the content of that document."""
    form = definition()
    year = form.fiscal_year
    items = form.text_items
    texts = {
        item.key: prose(characters // len(items), year=year, seed=100 * seed + place)
        for place, item in enumerate(items)
    }
    return SheetContent(
        edition=form.key,
        fiscal_year=year,
        contribution_name=f"見本開発機関（MKK）拠出金（地域支援事業{seed}）",
        contribution_type=ContributionType.VOLUNTARY,
        earmarking=Earmarking.EARMARKED,
        organization="見本開発機関（MKK）",
        division="見本課",
        budget_thousand_yen=100_000 + seed,
        overall_grade=form.scales[0].grades[1].key,
        staffing=StaffingFigures(
            as_of=date(year, 1, 1),
            member_count=180,
            professional_staff_total=1_500,
            japanese_staff=30,
            japanese_senior_staff=2,
            previous_as_of=date(year - 1, 1, 1),
            previous_japanese_staff=28,
            previous_japanese_senior_staff=1,
        ),
        financial_report=ReportFacts(received_month=date(year, 6, 1), covers_fiscal_year=year - 1),
        texts=texts,
    )


@cache
def definition() -> Definition:
    """Return the newest shipped edition."""
    return parse_edition(shipped())
