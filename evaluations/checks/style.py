"""R33: hints on the look of the text, at most one of a kind for each item."""

import re
from collections.abc import Iterator

from evaluations.checks.checked_sheet import CheckedSheet
from evaluations.checks.finding import Finding, Level
from evaluations.checks.reading import Reading, Sentence

_SMALL_KA = re.compile(r"\d+[ヶヵケカ箇][国月所年]")
_MIXED_WIDTH = re.compile(r"[0-9][０-９]|[０-９][0-9]")
_ODD_GROUPS = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})*,(?:\d{1,2}|\d{4,})(?![\d,])[^\d、,。\s]")
_FULL_SENTENCE = re.compile(r"(?:[うくすつぬぶむるた]|である)$")
_SHORTEST_SENTENCE = 15
_JAPANESE_COMMA, _WIDE_COMMA = "、", "，"


def figures_and_counters(sheet: CheckedSheet) -> Iterator[Finding]:
    """R33: 〇か国・〇か月, figures of one width, commas every three digits."""
    kinds = (
        (_SMALL_KA, "「{quote}」は「か」と書きます（〇か国、〇か月）。"),
        (
            _MIXED_WIDTH,
            "「{quote}」に全角と半角の数字が混ざっています。どちらかにそろえてください。",
        ),
    )
    for reading in sheet.readings:
        for pattern, message in kinds:
            if match := pattern.search(reading.text):
                yield reading.finding("R33", Level.HINT, match.span(), message)
        for sentence in reading.sentences:
            if match := _ODD_GROUPS.search(sentence.text):
                message = "「{quote}」のコンマは3桁ごとになっていません。数字を確かめてください。"
                yield sentence.finding("R33", Level.HINT, match.start(), match.end() - 1, message)


def sentences_end(sheet: CheckedSheet) -> Iterator[Finding]:
    """R33: a bullet that is a sentence ends in 「。」."""
    for reading in sheet.readings:
        for sentence in reading.sentences:
            if _is_open(reading, sentence):
                end = len(sentence.text)
                message = (
                    "「…{quote}」で終わる文に「。」がありません。文末に「。」を付けてください。"
                )
                yield sentence.finding("R33", Level.HINT, end - 2, end, message)
                break


def one_comma(sheet: CheckedSheet) -> Iterator[Finding]:
    """R33: one style of comma in a sheet."""
    counts = {
        comma: sum(_commas(reading, comma) for reading in sheet.readings)
        for comma in (_JAPANESE_COMMA, _WIDE_COMMA)
    }
    if not all(counts.values()):
        return
    rarer = min(counts, key=lambda comma: counts[comma])
    usual = _WIDE_COMMA if rarer == _JAPANESE_COMMA else _JAPANESE_COMMA
    reading = next(reading for reading in sheet.readings if _commas(reading, rarer))
    message = (
        f"読点「{rarer}」と「{usual}」が混ざっています。シートの中でどちらかにそろえてください。"
    )
    yield Finding("R33", Level.HINT, reading.item, message)


def _commas(reading: Reading, comma: str) -> int:
    return len(re.findall(rf"(?<![0-9０-９]){comma}|{comma}(?![0-9０-９])", reading.text))


def _is_open(reading: Reading, sentence: Sentence) -> bool:
    end = sentence.start + len(sentence.text)
    closed = end < len(reading.plain) and reading.plain[end] == "。"
    long_enough = len(sentence.text) >= _SHORTEST_SENTENCE
    return not closed and long_enough and bool(_FULL_SENTENCE.search(sentence.text))
