"""What the rules find in the ministry's own prose, where it lies beside the checkout.

``.venv/bin/python -m tests.evaluations.checks.real_prose`` prints every finding, to be judged.
"""

import csv
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import django
import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
django.setup()

from evaluations.checks import Finding, findings_in  # noqa: E402 -- the models need the settings
from tests.evaluations.checks.cases import CONTENT, TEXTS, VIEW  # noqa: E402
from tests.seed import SHARED  # noqa: E402

PROSE = SHARED / "data" / "review-fy2023.csv"
ALIASES = SHARED / "data" / "organisation-aliases.csv"

needs_prose = pytest.mark.skipif(
    not PROSE.exists(), reason="公表資料の文章（../shared/data）がこの環境にありません"
)

# The items of the form in which each column is read.
ITEMS = {
    "background_and_mandate": "目的",
    "contribution_summary": "概要",
    "results_and_influence": "現状課題",
    "remarks": "備考",
}


def findings_in_real_prose() -> Iterator[tuple[dict[str, str], list[Finding]]]:
    """Return the texts of each contribution, and what is found in them.

    The figures of the sheet are not those of the prose: only what the words say is judged.
    """
    organizations = tuple(registered())
    for row in rows_of(PROSE):
        texts = TEXTS | {item: row[column] for item, column in ITEMS.items() if row[column]}
        content = replace(
            CONTENT,
            fiscal_year=2023,
            texts=texts,
            staffing=replace(
                CONTENT.staffing, as_of=date(2022, 12, 31), previous_as_of=date(2021, 12, 31)
            ),
            evaluation_period=(date(2022, 4, 1), date(2024, 3, 31)),
        )
        view = replace(
            VIEW, content=content, today=date(2024, 8, 1), known_organizations=organizations
        )
        yield texts, [each for each in findings_in(view) if each.item in ITEMS]


def registered() -> Iterator[tuple[str, str]]:
    """Return the organisations with their abbreviations, as a register would hold them."""
    spellings = defaultdict(list)
    for row in rows_of(ALIASES):
        spellings[row["canonical_name"]].append(row["name"])
    for name, others in spellings.items():
        short = (each for each in others if re.fullmatch(r"[A-Z][A-Za-z\-]{1,14}", each))
        yield name, next(short, "")


def rows_of(path: os.PathLike[str]) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    for texts, found in findings_in_real_prose():
        for each in found:
            start, end = each.place or (0, 0)
            around = texts[each.item][max(0, start - 30) : end + 30] if each.place else ""
            print(each.rule, each.level.value, each.quote, each.message, around, sep=" | ")
