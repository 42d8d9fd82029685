"""R22: a year's figure is within the cumulative one, and the cumulative one follows last year's.

「2018年3月末までに、計318名（2017年度は11名）の…」.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evaluations.checks.checked_sheet import CheckedSheet
from evaluations.checks.finding import Finding, Level
from evaluations.checks.quantities import Quantity
from evaluations.checks.reading import Sentence

_SINCE = re.compile(r"累計|累積|通算|延べ|以来|以降|開始|発足|これまで|から.*まで")
_YEAR_OF_IT = re.compile(
    r"(?:\(|、|の)(?:この)?(?:うち、?)?(?P<year>[12]\d{3}|平成\d\d?|令和\d\d?)年(?:度|中)?(?:は|に|には|、|の)?"
    r"(?:計|は)?$"
)
_ANNUAL = re.compile(r"(?:年(?:度|中)?|本年|今年)(?:は|には)、?[^、]*$|年度?[はに]?$")
_WHAT = re.compile(r"\)?(?P<what>[^、。()]{2,16})")


@dataclass(frozen=True)
class Cumulative:
    """A cumulative figure, the figure of one year beside it, and what is counted."""

    sentence: Sentence
    whole: Quantity
    annual: Quantity
    year: str
    what: str


def annual_within_cumulative(sheet: CheckedSheet) -> Iterator[Finding]:
    """R22: no year's figure exceeds the cumulative one."""
    for each in _cumulatives(sheet.sentences):
        if each.annual.value > each.whole.value:
            yield each.sentence.finding(
                "R22",
                Level.ERROR,
                each.whole.start,
                each.annual.end,
                f"「{{quote}}」では、単年度の{each.annual.shown}が累計の{each.whole.shown}を"
                "超えています。どちらかを直してください。",
            )


def cumulative_follows_last_year(sheet: CheckedSheet) -> Iterator[Finding]:
    """R22: this year's cumulative figure is last year's plus the year between."""
    if sheet.last_year is None:
        return
    for reading in sheet.readings:
        found = list(_cumulatives(reading.sentences))
        earlier = sheet.last_year_readings[reading.item].sentences if found else ()
        before = list(_cumulatives(earlier))
        for now in found:
            same = [b for b in before if b.what == now.what and b.whole.unit == now.whole.unit]
            if len(same) != 1 or not now.year.isdecimal() or not same[0].year.isdecimal():
                continue
            expected = same[0].whole.value + now.annual.value
            if int(now.year) == int(same[0].year) + 1 and expected != now.whole.value:
                yield now.sentence.finding(
                    "R22",
                    Level.WARNING,
                    now.whole.start,
                    now.annual.end,
                    f"「{{quote}}」とありますが、前年のシートの累計{same[0].whole.shown}に"
                    f"{now.annual.shown}を足すと{expected:,}{now.whole.written_unit}です。"
                    "累計と単年度の数を確かめてください。",
                )


def _cumulatives(sentences: Sequence[Sentence]) -> Iterator[Cumulative]:
    for sentence in sentences:
        text = sentence.unquoted
        quantities = sentence.quantities
        for whole, annual in pairwise(quantities):
            year = _YEAR_OF_IT.match(text[whole.end : annual.start])
            if year and whole.unit == annual.unit and _is_cumulative(sentence, whole, year):
                what = _WHAT.match(text, annual.end)
                yield Cumulative(
                    sentence, whole, annual, year["year"], what["what"] if what else ""
                )


def _is_cumulative(sentence: Sentence, whole: Quantity, year: re.Match[str]) -> bool:
    """Whether ``whole`` runs over years, that of ``year`` among them.

    「2018年は計3回（2017年は4回）」 compares two years.
    """
    before = sentence.unquoted[: whole.start]
    if "うち" in year.group():
        return True
    if _ANNUAL.search(before) or not _SINCE.search(before):
        return False
    starts = [date.year for date in sentence.dates if date.end <= whole.start]
    return not (starts and year["year"].isdecimal() and min(starts) > int(year["year"]))
