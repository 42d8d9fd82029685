"""The edits that turn one text into another, each of which can be accepted or rejected.

Offsets count characters of the first text.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from texts.comparison import Origin, compare


@dataclass(frozen=True, slots=True)
class Edit:
    """The replacement of ``before``, from ``start`` to ``end``, by ``after``.

    ``number`` is its place among all the changes, from 0.
    """

    number: int
    start: int
    end: int
    before: str
    after: str


def edits_between(first: str, second: str) -> tuple[Edit, ...]:
    """Return the changes that make ``second`` of ``first``, in order; none overlaps another."""
    changes: list[Edit] = []
    place = 0
    grows = False  # whether the next piece belongs to the change before it
    for piece in compare(first, second):
        length = len(piece.text)
        if piece.origin == Origin.BOTH:
            place += length
            grows = False
            continue
        if not grows:
            changes.append(Edit(len(changes), place, place, "", ""))
            grows = True
        last = changes[-1]
        if piece.origin == Origin.FIRST:
            place += length
            changes[-1] = replace(last, end=place, before=last.before + piece.text)
        else:
            changes[-1] = replace(last, after=last.after + piece.text)
    return tuple(changes)


def apply_edits(text: str, changes: Iterable[Edit], taken: Collection[int]) -> str:
    """Return ``text`` with those of its ``changes`` made whose numbers are ``taken``."""
    parts, place = [], 0
    for change in sorted(changes, key=lambda each: each.number):
        if change.number in taken:
            parts += [text[place : change.start], change.after]
            place = change.end
    return "".join([*parts, text[place:]])


def lead_of(text: str, change: Edit, most: int) -> str:
    """Return the text before ``change`` in its line: at most ``most`` characters."""
    return text[max(0, change.start - most) : change.start].rsplit("\n", 1)[-1]


def rebase(changes: Iterable[Edit], base: str, now: str) -> tuple[Edit, ...]:
    """Return those of the ``changes`` of ``base`` that can be made in ``now``, at their new places.

    A change can be made where its words and the characters beside them are still as they were.
    """
    if base == now:
        return tuple(changes)
    kept: list[tuple[int, int, int]] = []
    first = second = 0
    for piece in compare(base, now):
        length = len(piece.text)
        if piece.origin == Origin.BOTH:
            kept.append((first, first + length, second - first))
        first += length if piece.origin != Origin.SECOND else 0
        second += length if piece.origin != Origin.FIRST else 0
    movable = []
    for change in changes:
        begin, stop = max(0, change.start - 1), min(len(base), change.end + 1)
        for start, end, shift in kept:
            at_edge = _is_at_edge(change, base, now, shift)
            if start <= begin and stop <= end and at_edge:
                moved = replace(change, start=change.start + shift, end=change.end + shift)
                movable.append(moved)
                break
    return tuple(movable)


def _is_at_edge(change: Edit, base: str, now: str, shift: int) -> bool:
    """Whether a change at the base's very beginning or end is at that of ``now`` as well."""
    begins = change.start > 0 or shift == 0
    ends = change.end < len(base) or len(now) - len(base) == shift
    return begins and ends
