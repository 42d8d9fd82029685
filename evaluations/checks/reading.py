"""A text as the rules read it: half-width, without spaces and underlines, sentence by sentence.

Every character keeps its offset in the stored text, so that a finding can point to its place.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from evaluations.checks.dated import DateMention, dates_in
from evaluations.checks.finding import Finding, Level
from evaluations.checks.quantities import Quantity, quantities_in

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLDED = _FULL_WIDTH | str.maketrans("〜−―–ヶヵ箇", "~---かかか")
_OPENING = "([「『【〔"
_QUOTES = {"「": "」", "『": "』"}
_DROPPED = " \u3000[]"
# A longer sentence is cut here, to bound the time that the patterns take.
LONGEST_SENTENCE = 800
_STOPS = re.compile(r"[。\n(\[「『【〔)\]」』】〕]")
MASKED = "■"


@dataclass(frozen=True)
class Reading:
    """The text of one item: ``plain`` to be read, ``at`` the place of each of its characters."""

    item: str
    text: str
    plain: str
    at: tuple[int, ...]

    @cached_property
    def sentences(self) -> tuple["Sentence", ...]:
        """The sentences; a line end always ends one, a full stop only outside brackets."""
        return tuple(self._sentences())

    def finding(self, rule: str, level: Level, place: tuple[int, int], message: str) -> Finding:
        """Return a finding on the words at ``place``, offsets in the stored text.

        ``{quote}`` in ``message`` stands for those words.
        """
        quote = self.text[slice(*place)]
        return Finding(rule, level, self.item, message.replace("{quote}", quote), place, quote)

    def _sentences(self) -> Iterator["Sentence"]:
        start = 0
        for stop in self._stops():
            for part in range(start, stop, LONGEST_SENTENCE):
                yield Sentence(self, part, self.plain[part : min(stop, part + LONGEST_SENTENCE)])
            start = stop + 1

    def _stops(self) -> Iterator[int]:
        depth = 0
        for match in _STOPS.finditer(self.plain):
            sign = match.group()
            if sign == "\n":
                depth = 0
            elif sign != "。":
                depth = max(0, depth + (1 if sign in _OPENING else -1))
            if sign == "\n" or (sign == "。" and not depth):
                yield match.start()
        yield len(self.plain)


@dataclass(frozen=True)
class Sentence:
    """A sentence of a reading, without its full stop; ``text`` begins at ``start``."""

    reading: Reading
    start: int
    text: str

    @cached_property
    def depths(self) -> tuple[int, ...]:
        """The depth of round brackets of each character; a bracket counts as inside."""
        depths, depth = [], 0
        for sign in self.text:
            depth += sign == "("
            depths.append(depth)
            depth = max(0, depth - (sign == ")"))
        return tuple(depths)

    @cached_property
    def unquoted(self) -> str:
        """The text with quotations in 「」 masked."""
        if not any(opening in self.text for opening in _QUOTES):
            return self.text
        signs, until = [], ""
        for index, sign in enumerate(self.text):
            if until:
                until = "" if sign == until else until
                signs.append(MASKED if until else sign)
            else:
                closing = _QUOTES.get(sign, "")
                until = closing if closing and closing in self.text[index:] else ""
                signs.append(sign)
        return "".join(signs)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The quantities outside quotes, in their order."""
        return quantities_in(self.unquoted)

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """The dates outside quotes, in their order."""
        return dates_in(self.unquoted)

    def between(self, start: int, end: int, depth: int) -> str:
        """Return the text from ``start`` to ``end`` without brackets deeper than ``depth``."""
        pairs = zip(self.unquoted[start:end], self.depths[start:end], strict=True)
        return "".join(sign for sign, at in pairs if at <= depth)

    def stored(self, start: int, end: int) -> tuple[tuple[int, int], str]:
        """Return where the words from ``start`` to ``end`` are stored, and how."""
        at = self.reading.at
        place = (at[self.start + start], at[self.start + end - 1] + 1)
        return place, self.reading.text[slice(*place)]

    def finding(self, rule: str, level: Level, start: int, end: int, message: str) -> Finding:
        """Return a finding on the words from ``start`` to ``end`` of this sentence.

        ``{quote}`` in ``message`` stands for those words as they are stored.
        """
        meant = self.text[start:end]
        if meant.count("(") > meant.count(")") and self.text[end : end + 1] == ")":
            end += 1
        place, _ = self.stored(start, end)
        return self.reading.finding(rule, level, place, message)


# From save to save, all entries of a sheet but one are unchanged. The cache key is the text
# itself, so that a cached reading is never out of date.
@lru_cache(maxsize=128)
def reading_of(item: str, text: str) -> Reading:
    """Return the reading of the stored ``text`` of ``item``."""
    folded = text.translate(_FOLDED)
    if not any(sign in folded for sign in _DROPPED):
        return Reading(item, text, folded, tuple(range(len(text))))
    kept = [index for index, sign in enumerate(folded) if not _dropped(folded, index, sign)]
    return Reading(item, text, "".join(folded[index] for index in kept), tuple(kept))


def _dropped(text: str, index: int, sign: str) -> bool:
    if sign in "[]":
        return sign in text[index - 1 : index] + text[index + 1 : index + 2]  # [[underlined]]
    if sign not in " \u3000":
        return False
    sides = text[index - 1 : index] + text[index + 1 : index + 2]
    return not (len(sides) == 2 and sides.isascii() and sides.isalnum())
