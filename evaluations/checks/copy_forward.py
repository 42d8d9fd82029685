"""R18: a text is this year's, not last year's carried forward."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from editions.enums import Scope
from evaluations.checks.checked_sheet import CheckedSheet
from evaluations.checks.finding import Finding, Level
from evaluations.checks.reading import Sentence

TOO_ALIKE = 0.9
_SHORTEST = 80  # characters: shorter texts are often alike, and rightly
_GRAM = 4
_OF_THE_YEAR = re.compile(r"本年度?|今年度?|当年度|昨年度?|来年度?|前年度")


def text_is_of_this_year(sheet: CheckedSheet) -> Iterator[Finding]:
    """R18: no text is more than nine tenths last year's."""
    if sheet.last_year is None:
        return
    for reading in sheet.readings:
        item = sheet.definition.item(reading.item)
        if item is None or item.scope is Scope.ORGANIZATION or len(reading.text) < _SHORTEST:
            continue
        alike = text_similarity(reading.plain, sheet.last_year_readings[reading.item].plain)
        if alike > TOO_ALIKE:
            message = (
                f"{sheet.definition.name_of(reading.item)}の記載は、"
                f"前年と{int(100 * alike)}%同じです。"
                "今年度の取組と実績を加えるか、変わりがないことを確かめてください。"
            )
            yield Finding("R18", Level.WARNING, reading.item, message)


def years_are_advanced(sheet: CheckedSheet) -> Iterator[Finding]:
    """R18: no sentence still names last year's year of report."""
    if sheet.last_year is None:
        return
    reported = sheet.last_year.fiscal_year - 1
    for reading in sheet.readings:
        item = sheet.definition.item(reading.item)
        if item is None or item.scope is Scope.ORGANIZATION:
            continue
        before = sheet.last_year_readings[reading.item]
        same = {sentence.text for sentence in before.sentences}
        now = [date.year for s in reading.sentences for date in s.dates if date.fiscal]
        for sentence in reading.sentences:
            if sentence.text in same and reported + 1 not in now:
                yield from _left_standing(sentence, reported)


def _left_standing(sentence: Sentence, reported: int) -> Iterator[Finding]:
    text = sentence.unquoted
    places = [(d.start, d.end) for d in sentence.dates if d.fiscal and d.year == reported]
    places += [match.span() for match in _OF_THE_YEAR.finditer(text)]
    for start, end in places[:1]:
        message = (
            "「{quote}」を含む文が前年のシートと同じです。今年度の評価に合わせて年と実績を"
            "改めてください。"
        )
        yield sentence.finding("R18", Level.WARNING, start, end, message)


def text_similarity(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1: what they share of runs of four characters."""
    a, b = _grams(one), _grams(other)
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


# Last year's texts, and most of this year's, are the same from one save to the next.
@lru_cache(maxsize=128)
def _grams(text: str) -> Counter[str]:
    return Counter([text[n : n + _GRAM] for n in range(len(text) - _GRAM + 1)])
