"""R01: a breakdown in brackets behind a number adds up to it, and a part does not exceed it.

「計64名（内訳：…38名、…17名）」「48名（男性26名、女性21名）」「35名（うち…41名）」.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from evaluations.checks.checked_sheet import CheckedSheet
from evaluations.checks.finding import Finding, Level
from evaluations.checks.quantities import Quantity
from evaluations.checks.reading import Sentence
from evaluations.checks.totals import TOTAL, fits, mismatch

_BEGINS = re.compile(r"\((?P<said>内訳)?|(?:で|であり|となり|の)?、?(?:その)?(?P<spelt>内訳)は")
_NO_BREAKDOWN = re.compile(
    r"うち|前回|前年|昨年|前々|目標|定員|当初|予定|など|等|ほか|他|含|約|当たり|各|ずつ|年度?は"
)
_BETWEEN = re.compile(r"(?:、|,|・|及び|と|並びに|/|;)[^、。\d]{1,30}$")
_END = re.compile(r"\)|(?:である|であった|となっている|です|となった)?$")
_A_YEAR = re.compile(r"\d年|年度")
_BOTH_SEXES = re.compile(r"男.*女|女.*男")
_OF_WHICH = re.compile(r"(?:の|、|[がを][^、。]{1,10}、)?\(?うち、?[^、。()]{0,20}$")


def breakdown_is_total(sheet: CheckedSheet) -> Iterator[Finding]:
    """R01: the breakdown behind a number adds up to it."""
    for sentence in sheet.sentences:
        quantities = sentence.quantities
        for total in quantities:
            begins = _BEGINS.match(sentence.unquoted, total.end)
            if not begins or not total.exact:
                continue
            parts = _parts(sentence, quantities, total, begins.end())
            if len(parts) < 2 or fits(parts, total):
                continue
            cue = TOTAL.search(sentence.unquoted[: total.start])
            found = mismatch(sentence, total, parts, cue.start() if cue else total.start)
            labels = sentence.unquoted[begins.end() : parts[-1].end]
            if begins["said"] or begins["spelt"]:
                yield found
            elif _BOTH_SEXES.search(labels) or (cue and len(parts) > 2):
                yield replace(found, level=Level.WARNING)


def part_within_whole(sheet: CheckedSheet) -> Iterator[Finding]:
    """R01: 「うち」 is no more than what it is a part of."""
    for sentence in sheet.sentences:
        quantities = sentence.quantities
        for whole, part in pairwise(quantities):
            gap = sentence.unquoted[whole.end : part.start]
            if whole.unit != part.unit or whole.unit == "%" or not (whole.exact and part.exact):
                continue
            if part.value > whole.value and _OF_WHICH.match(gap) and not _A_YEAR.search(gap):
                message = (
                    f"「{{quote}}」では、うち数の{part.shown}が全体の{whole.shown}を超えています。"
                    "どちらかを直してください。"
                )
                yield sentence.finding("R01", Level.ERROR, whole.start, part.end, message)


def _parts(
    sentence: Sentence, quantities: tuple[Quantity, ...], total: Quantity, start: int
) -> list[Quantity]:
    text = sentence.unquoted
    depth = sentence.depths[start - 1]
    end = text.find(")", start) if depth > sentence.depths[total.start] else len(text)
    if end < 0 or _NO_BREAKDOWN.search(text, start, end):
        return []
    parts = [q for q in quantities if start <= q.start < end]
    if not parts or any(q.unit != total.unit or not q.exact for q in parts):
        return []
    gaps = [text[a.end : b.start] for a, b in pairwise(parts)]
    labels = (text[start : parts[0].start], *gaps)
    if _A_YEAR.search(text[start : parts[0].start]) or not all(map(_BETWEEN.match, gaps)):
        return []
    return parts if _END.match(text, parts[-1].end) and all(labels) else []
