"""Relocating a commented passage after the text has changed. Offsets count characters.

The passage is followed through the diff of the two versions. Where that fails it is searched for,
and a match counts only together with its surroundings.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from texts.comparison import Origin, Piece, compare

# (from, to): the characters from ``from`` up to, not including, ``to``.
Range = tuple[int, int]

# The share of a passage that has to be left for it to count as the same passage.
LEFT = 0.5
# Matching characters, of the passage and around it, needed to find it elsewhere.
ENOUGH = 8


def relocate(old: str, passage: Range, new: str) -> Range | None:
    """Return the range of ``passage`` of ``old`` in ``new``, or None where it is gone.

    The words there may differ from those of old: then at least half of them are the same.
    """
    start, end = passage
    if old == new or start == end:
        return passage if end <= len(new) else None
    pieces = _compared(old, new)
    quote = old[start:end]
    followed = _follow(pieces, passage)
    if followed and new[slice(*followed)] == quote:
        return followed
    return _search(pieces, old, passage, new) or followed


def places_of(text: str, quote: str) -> list[int]:
    """Return where ``quote`` begins in ``text``, each time it does; it may overlap itself."""
    if not quote:
        return []
    places, place = [], text.find(quote)
    while place >= 0:
        places.append(place)
        place = text.find(quote, place + 1)
    return places


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters that belong to the same passages; ``ends``: those that end with it."""

    text: str
    passages: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


def stretches(text: str, passages: Iterable[tuple[int, Range]]) -> list[Stretch]:
    """Divide ``text`` where a passage begins or ends. ``passages``: (its name, where it is)."""
    named = [(name, place) for name, place in passages if place[0] < place[1]]
    edges = sorted({0, len(text), *(edge for _, place in named for edge in place)})
    return [
        Stretch(
            text[start:end],
            tuple(name for name, place in named if place[0] <= start and end <= place[1]),
            tuple(name for name, place in named if place[1] == end),
        )
        for start, end in pairwise(edges)
        if end <= len(text)
    ]


@lru_cache(maxsize=32)
def _compared(old: str, new: str) -> tuple[Piece, ...]:
    """Return the pieces of both texts: many comments are on words of the same one."""
    return tuple(compare(old, new))


def _walk(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, int, int]]:
    """Yield each piece with where it begins in the first text and in the second."""
    first = second = 0
    for piece in pieces:
        yield piece, first, second
        if piece.origin != Origin.SECOND:
            first += len(piece.text)
        if piece.origin != Origin.FIRST:
            second += len(piece.text)


def _follow(pieces: tuple[Piece, ...], passage: Range) -> Range | None:
    """Return the passage from its first to its last part that is left, if enough of it is.

    Words that came in the place of some of its own belong to it.
    """
    start, end = passage
    left, places = 0, []
    replaces = False  # whether what was just left out lay in the passage as a whole
    for piece, first, second in _walk(pieces):
        length = len(piece.text)
        if piece.origin == Origin.FIRST:
            replaces = start <= first and first + length <= end
            continue
        if piece.origin == Origin.BOTH:
            begin, stop = max(start, first), min(end, first + length)
            if begin < stop:
                left += stop - begin
                places += [second + begin - first, second + stop - first]
        elif replaces:
            places += [second, second + length]
        replaces = False
    if left < (end - start) * LEFT:
        return None
    return min(places), max(places)


def _search(pieces: tuple[Piece, ...], old: str, passage: Range, new: str) -> Range | None:
    """Return where the words were moved to: not where they have stood all the time."""
    start, end = passage
    quote = old[start:end]
    kept = [
        (second, second + len(piece.text), first - second)
        for piece, first, second in _walk(pieces)
        if piece.origin == Origin.BOTH
    ]
    best: tuple[int, Range] | None = None
    for place in places_of(new, quote):
        here = (place, place + len(quote))
        if any(a <= here[0] and here[1] <= b and place + shift != start for a, b, shift in kept):
            continue
        agreeing = (
            _common(old[:start][::-1], new[:place][::-1])
            + len(quote)
            + _common(old[end:], new[here[1] :])
        )
        if agreeing >= ENOUGH and (best is None or agreeing > best[0]):
            best = (agreeing, here)
    return best[1] if best else None


def _common(one: str, other: str) -> int:
    """Return how many characters both begin with, as far as it matters."""
    length = 0
    for mine, yours in zip(one[: 4 * ENOUGH], other[: 4 * ENOUGH], strict=False):
        if mine != yours:
            break
        length += 1
    return length
