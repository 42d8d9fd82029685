"""Character diff of two texts.

Japanese has no blanks between its words, so sentences that differ are compared in runs of one
script: kanji, hiragana, katakana, digits, Latin letters; every other character stands alone.
Where a replaced run keeps at least half of its characters, only those that differ are marked; a
number is marked whole.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Origin(StrEnum):
    """The texts, of the two compared, that a piece occurs in."""

    BOTH = "both"
    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of characters, line ends among them."""

    origin: Origin
    text: str

    @property
    def visible(self) -> str:
        """The text as it is shown: a line end that came or went is seen."""
        return self.text if self.origin == Origin.BOTH else self.text.replace("\n", "↵\n")


# A selector chooses the shape of the kanji before it, a combining mark voices the kana.
_ATTACHED = r"\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"
_NUMBER = r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*"
_RUN = re.compile(
    rf"[々〆〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff{_ATTACHED}]+"  # kanji
    rf"|[ぁ-ゟ{_ATTACHED}]+"
    rf"|[ァ-ヺー-ヿ{_ATTACHED}]+"
    rf"|{_NUMBER}"
    r"|[A-Za-zＡ-Ｚａ-ｚÀ-ÖØ-öø-ɏ]+"
    r"|.",
    re.DOTALL,
)
_SENTENCE = re.compile(r"[^。\n]*[。\n]|[^。\n]+")
_CHARACTER = re.compile(rf"{_NUMBER}|.[{_ATTACHED}]*", re.DOTALL)
# With more pairs of equal parts than this, the whole text is marked. It bounds the time by a
# count, not by the clock: the same texts always give the same marks.
MOST_WORK = 400_000
# Beyond this share the change of a run is the whole run; of sentences longer than ``SHORT``
# characters, all of them.
MOST_OF_RUN = 0.5
REWRITTEN = 0.7
SHORT = 30
# One character in common between two changes is chance, and hinders reading.
CHANCE = 1


@dataclass(frozen=True, slots=True)
class Span:
    """Text that is the same in both (``one`` equals ``other``), or a replacement."""

    same: bool
    one: str
    other: str

    @property
    def size(self) -> int:
        """The characters of the longer side."""
        return max(len(self.one), len(self.other))


def pieces_of(first: str, second: str) -> list[Piece]:
    """Return the pieces of both stretches in order; see ``comparison.compare``."""
    return joined(
        piece
        for sentences in matches(_SENTENCE.findall(first), _SENTENCE.findall(second))
        for span in _within(sentences)
        for piece in _pieces(span)
    )


def matches(first: Sequence[str], second: Sequence[str]) -> Iterator[Span]:
    """Yield what is the same in two sequences of parts and what differs, in order."""
    start, end = _common_ends(first, second)
    mine, yours = first[start : len(first) - end], second[start : len(second) - end]
    if start + end <= CHANCE and is_too_much(mine, yours):
        start, end, mine, yours = 0, 0, first, second
    if start:
        yield Span(True, "".join(first[:start]), "".join(second[:start]))
    if is_too_much(mine, yours):
        yield Span(False, "".join(mine), "".join(yours))
    else:
        matcher = SequenceMatcher(None, mine, yours, autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            yield Span(tag == "equal", "".join(mine[a:b]), "".join(yours[c:d]))
    if end:
        yield Span(True, "".join(first[-end:]), "".join(second[-end:]))


def is_too_much(first: Sequence[str], second: Sequence[str]) -> bool:
    """Return whether comparing two sequences would take too long."""
    theirs = Counter(second)
    return sum(count * theirs[part] for part, count in Counter(first).items()) > MOST_WORK


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Return ``pieces`` without empty ones, neighbours of one kind made one."""
    whole: list[Piece] = []
    change = {Origin.FIRST: "", Origin.SECOND: ""}

    def flush() -> None:
        for origin, text in change.items():
            if text:
                whole.append(Piece(origin, text))
                change[origin] = ""

    for piece in pieces:
        if piece.origin != Origin.BOTH:
            change[piece.origin] += piece.text
        elif piece.text:
            flush()
            if whole and whole[-1].origin == Origin.BOTH:
                whole[-1] = Piece(Origin.BOTH, whole[-1].text + piece.text)
            else:
                whole.append(piece)
    flush()
    return whole


def _common_ends(first: Sequence[str], second: Sequence[str]) -> tuple[int, int]:
    """Return how many parts two sequences share at their beginning, and how many at their end."""
    shorter = min(len(first), len(second))
    start = 0
    while start < shorter and first[start] == second[start]:
        start += 1
    end = 0
    while end < shorter - start and first[-1 - end] == second[-1 - end]:
        end += 1
    return start, end


def _within(sentences: Span) -> list[Span]:
    """Return what differs within sentences, unless they are long and next to all of it does."""
    if sentences.same or not sentences.one or not sentences.other:
        return [sentences]
    runs = _tidy(matches(_RUN.findall(sentences.one), _RUN.findall(sentences.other)))
    found = [closer for span in runs for closer in _refined(span)]
    if sentences.size > SHORT and _share_of_change(found) > REWRITTEN:
        return [sentences]
    return found


def _share_of_change(spans: Iterable[Span]) -> float:
    """Return which part of all characters differs, from 0 to 1."""
    sizes = dict.fromkeys((True, False), 0)
    for span in spans:
        sizes[span.same] += len(span.one) + len(span.other)
    return sizes[False] / max(sum(sizes.values()), 1)


def _tidy(spans: Iterable[Span]) -> list[Span]:
    """Join changes with an accidental match between them into one change.

    Accidental is a single character, or a few between changes that are each twice as long. Line
    ends are never accidental.
    """
    found = list(spans)
    tidy: list[Span] = []
    for place, span in enumerate(found):
        inside = 0 < place < len(found) - 1
        if span.same and inside and _is_chance(span, found[place - 1], found[place + 1]):
            span = Span(False, span.one, span.other)
        if tidy and not span.same and not tidy[-1].same:
            before = tidy.pop()
            span = Span(False, before.one + span.one, before.other + span.other)
        tidy.append(span)
    return tidy


def _is_chance(span: Span, before: Span, after: Span) -> bool:
    if before.same or after.same or "\n" in span.one:
        return False
    return span.size <= CHANCE or 2 * span.size <= min(before.size, after.size)


def _refined(span: Span) -> list[Span]:
    """Return what differs within a change, unless more than half of it does."""
    if span.same or not span.one or not span.other:
        return [span]
    closer = _tidy(matches(_CHARACTER.findall(span.one), _CHARACTER.findall(span.other)))
    return [span] if _share_of_change(closer) > MOST_OF_RUN else closer


def _pieces(span: Span) -> tuple[Piece, ...]:
    if span.same:
        return (Piece(Origin.BOTH, span.one),)
    return Piece(Origin.FIRST, span.one), Piece(Origin.SECOND, span.other)
