"""R37: slips of the pen: a word twice, a mark twice, a term near the right one."""

import re
from collections.abc import Iterator

from evaluations.checks.checked_sheet import CheckedSheet
from evaluations.checks.finding import Finding, Level

# 「構築の構築の」「検証制度検証制度」. Two characters alone may be meant: 一人一人, 国々.
_TWICE = re.compile(r"([一-龥ァ-ヶー々]{2,12}[のをがにはで])\1|([一-龥ァ-ヶー々]{3,12})\2")
_MARK_TWICE = re.compile("、[、。]|。[。、]")
# Parties to a treaty in force are 締約国 (Vienna Convention on the Law of Treaties, Article 2).
_NEAR_TERMS = {re.compile("条約(?:の)?(締結国)"): "締約国"}


def word_twice(sheet: CheckedSheet) -> Iterator[Finding]:
    """R37: a word stands twice in a row."""
    for sentence in sheet.sentences:
        if match := _TWICE.search(sentence.unquoted):
            message = "「{quote}」は、同じ語が続いています。一つを消してください。"
            yield sentence.finding("R37", Level.WARNING, match.start(), match.end(), message)


def mark_twice(sheet: CheckedSheet) -> Iterator[Finding]:
    """R37: a comma or full stop stands twice in a row; the first of each text."""
    for reading in sheet.readings:
        if match := _MARK_TWICE.search(reading.text):
            message = "「{quote}」と、句読点が続いています。一つを消してください。"
            yield reading.finding("R37", Level.HINT, match.span(), message)


def near_terms(sheet: CheckedSheet) -> Iterator[Finding]:
    """R37: 締約国 of a treaty, not 締結国."""
    for sentence in sheet.sentences:
        for pattern, term in _NEAR_TERMS.items():
            if match := pattern.search(sentence.unquoted):
                message = (
                    f"「{{quote}}」は、条約に拘束される国を指すのであれば「{term}」です。"
                    "どちらの意味かを確かめてください。"
                )
                yield sentence.finding("R37", Level.WARNING, match.start(1), match.end(1), message)
