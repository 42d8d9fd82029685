"""Dates in Japanese prose: 2018年6月, 2017年度, 平成29年12月末, 令和元年5月1日."""

import calendar
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_DATE = re.compile(
    r"(?:(?<!\d)(?P<western>[12]\d{3})|(?P<era>明治|大正|昭和|平成|令和)(?P<of_era>\d{1,2}|元))"
    r"年(?:(?P<fiscal>度)|(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?)?(?P<end>末)?"
)
FISCAL_YEAR_BEGINS = 4  # April


@dataclass(frozen=True)
class Era:
    """An era: its name, the Western year of its first, and its first day."""

    name: str
    first_year: int
    begins: date


@dataclass(frozen=True)
class DateMention:
    """A date named from ``start`` to ``end``; month and day None where not given."""

    start: int
    end: int
    year: int
    fiscal: bool
    month: int | None
    day: int | None

    @property
    def possible(self) -> bool:
        """Whether the calendar has it."""
        if self.month is None:
            return True
        if not 1 <= self.month <= 12:
            return False
        last = calendar.monthrange(self.year, self.month)[1]
        return self.day is None or 1 <= self.day <= last

    @property
    def first_day(self) -> date:
        """The first day it may mean. Only where ``possible``."""
        if self.fiscal:
            return date(self.year, FISCAL_YEAR_BEGINS, 1)
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The last day it may mean. Only where ``possible``."""
        if self.fiscal:
            return date(self.year + 1, FISCAL_YEAR_BEGINS - 1, 31)
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def in_full(self) -> bool:
        """Whether it names a month."""
        return self.month is not None


@cache
def eras() -> tuple[Era, ...]:
    """Return the eras, oldest first."""
    path = Path(__file__).with_name("data") / "eras.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(Era(**era) for era in table["eras"])


def western_year(era_name: str, of_era: str) -> int:
    """Return the Western year of 平成 ``of_era`` and the like; 「元」 is the first."""
    era = next(era for era in eras() if era.name == era_name)
    return era.first_year + (1 if of_era == "元" else int(of_era)) - 1


def dates_in(text: str) -> tuple[DateMention, ...]:
    """Return the dates of ``text`` in their order."""
    return tuple(_dates(text))


def _dates(text: str) -> Iterator[DateMention]:
    for match in _DATE.finditer(text):
        if match["era"]:
            year = western_year(match["era"], match["of_era"])
        else:
            year = int(match["western"])
        month, day = match["month"], match["day"]
        yield DateMention(
            match.start(),
            match.end(),
            year,
            bool(match["fiscal"]),
            int(month) if month else None,
            int(day) if day else None,
        )
