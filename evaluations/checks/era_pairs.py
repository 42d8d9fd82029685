"""R31: a year given in both calendars is one year, and an era is written as it should be."""

import re
from collections.abc import Iterator
from itertools import pairwise

from evaluations.checks.checked_sheet import CheckedSheet
from evaluations.checks.dated import eras, western_year
from evaluations.checks.finding import Finding, Level

_ERA = r"(?P<era>明治|大正|昭和|平成|令和)(?P<of_era>\d{1,2}|元)"
_WESTERN = r"(?<!\d)(?P<western>[12]\d{3})"
_PAIRS = (
    re.compile(rf"{_ERA}(?P<a>年度?)?\((?:西暦)?{_WESTERN}(?P<b>年度?)?\)(?P<c>年度?)?"),
    re.compile(rf"{_WESTERN}(?P<a>年度?)?\({_ERA}(?P<b>年度?)?\)(?P<c>年度?)?"),
)
_FIRST_YEAR = re.compile(r"(?P<era>明治|大正|昭和|平成|令和)1年")
_MONTH_OF_ERA = re.compile(rf"{_ERA}年(?P<month>\d{{1,2}})月")


def calendars_agree(sheet: CheckedSheet) -> Iterator[Finding]:
    """R31: 「平成29年（2017年）」, and of a fiscal year the year in which it begins."""
    for sentence in sheet.sentences:
        for pattern in _PAIRS:
            for match in pattern.finditer(sentence.text):
                year = western_year(match["era"], match["of_era"])
                said = int(match["western"])
                kinds = {match["a"] or match["c"] or "", match["b"] or match["a"] or match["c"]}
                mixed = len({kind for kind in kinds if kind}) > 1  # 年度 beside 年
                if said != year and not (mixed and abs(said - year) == 1):
                    message = (
                        f"「{{quote}}」の元号と西暦が合いません。{match['era']}{match['of_era']}年は"
                        f"{year}年です。どちらかを直してください。"
                    )
                    yield sentence.finding("R31", Level.ERROR, match.start(), match.end(), message)


def first_year_is_gannen(sheet: CheckedSheet) -> Iterator[Finding]:
    """R31: the first year of an era is 元年."""
    for sentence in sheet.sentences:
        for match in _FIRST_YEAR.finditer(sentence.unquoted):
            message = f"「{{quote}}」は「{match['era']}元年」と書いてください。"
            yield sentence.finding("R31", Level.WARNING, match.start(), match.end(), message)


def month_lies_in_its_era(sheet: CheckedSheet) -> Iterator[Finding]:
    """R31: from the change of an era on, months bear the new one.

    A sheet of a year before the change could not know the new era.
    """
    for sentence in sheet.sentences:
        for match in _MONTH_OF_ERA.finditer(sentence.unquoted):
            year, month = western_year(match["era"], match["of_era"]), int(match["month"])
            for era, following in pairwise(eras()):
                change = following.begins
                late = era.name == match["era"] and (year, month) > (change.year, change.month)
                early = following.name == match["era"] and (year, month) < (
                    change.year,
                    change.month,
                )
                if (late and sheet.content.fiscal_year >= change.year) or early:
                    yield sentence.finding(
                        "R31",
                        Level.WARNING,
                        match.start(),
                        match.end(),
                        f"「{{quote}}」は改元（{change.year}年{change.month}月{change.day}日）と"
                        "合いません。元号を確かめてください。",
                    )
