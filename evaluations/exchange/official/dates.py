"""Dates as Japanese documents write them: Western years and eras, months, fiscal years."""

import calendar
import re
from datetime import date

from evaluations.exchange.official.fold import figures

# The year before each era's first; the last one's begins thirty years after its predecessor's
_ERAS = {"昭和": 1925, "平成": 1988, "令和": 1988 + 30}
_ERAS |= {"S": _ERAS["昭和"], "H": _ERAS["平成"], "R": _ERAS["令和"]}
_YEAR = (
    r"(?:(?P<era>昭和|平成|令和|(?<![A-Za-z])[SHR])(?P<of_era>\d{1,2}|元)"
    r"|(?<!\d)(?P<year>\d{4}))"
)
_MONTH = re.compile(_YEAR + r"(?:年|[./-])(?P<month>\d{1,2})(?:月|(?![\d./-]))")
_FISCAL_YEAR = re.compile(_YEAR + r"年度")
_CALENDAR_YEAR = re.compile(_YEAR + r"(?:暦年|年(?![度末\d]))")
_DAY = re.compile(_YEAR + r"(?:年|[./-])(?P<month>\d{1,2})(?:月|[./-])(?P<day>\d{1,2})日?(?!\d)")
_END_OF_YEAR = re.compile(_YEAR + r"年(?P<fiscal>度)?末")
# 〇年（西暦〇年）6月, 〇年（西暦〇年）度: the same year in both calendars
_YEAR_TWICE = re.compile(
    r"(?<=年)\((?:西暦)?(?:\d{4}|[^\d()]{2}[\d元]{1,2})年?\)|"
    r"\((?:西暦)?(?:\d{4}|[^\d()]{2}[\d元]{1,2})年\)(?=度)"
)


def _plain(text: str) -> str:
    return _YEAR_TWICE.sub("", figures(text))


def months_in(text: str) -> list[date]:
    """Return the months named in ``text`` as their first days, in the order of the text."""
    found = (_date(match, int(match["month"]), 1) for match in _MONTH.finditer(_plain(text)))
    return [day for day in found if day]


def fiscal_years_in(text: str) -> list[int]:
    """Return the fiscal years (年度) named in ``text``, in the order of the text."""
    return [year for m in _FISCAL_YEAR.finditer(_plain(text)) if (year := _year(m))]


def calendar_years_in(text: str) -> list[int]:
    """Return the years in ``text`` that are neither 年度 nor a month's."""
    return [year for m in _CALENDAR_YEAR.finditer(_plain(text)) if (year := _year(m))]


def days_in(text: str) -> list[tuple[date, bool]]:
    """Return the days named in ``text``, each with whether the day had to be supplied.

    A month, with 「末」 or alone, is its last day; 「年末」 is December's, 「年度末」 March's.
    """
    plain = _plain(text)
    found: dict[int, tuple[date, bool]] = {}
    for match in _DAY.finditer(plain):
        if day := _date(match, int(match["month"]), int(match["day"])):
            found[match.start()] = (day, False)
    for match in _END_OF_YEAR.finditer(plain):
        year = _year(match)
        if year and match["fiscal"]:
            found.setdefault(match.start(), (date(year + 1, 3, 31), True))
        elif year:
            found.setdefault(match.start(), (date(year, 12, 31), False))
    for match in _MONTH.finditer(plain):
        if month := _date(match, int(match["month"]), 1):
            last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
            at_end = plain.startswith("末", match.end())
            found.setdefault(match.start(), (last, not at_end))
    return [found[start] for start in sorted(found)]


def _year(match: re.Match[str]) -> int | None:
    if not match["era"]:
        year = int(match["year"])
    else:
        year = _ERAS[match["era"]] + (1 if match["of_era"] == "元" else int(match["of_era"]))
    return year if 1900 <= year < 2200 else None


def _date(match: re.Match[str], month: int, day: int) -> date | None:
    year = _year(match)
    try:
        return date(year, month, day) if year else None
    except ValueError:
        return None
