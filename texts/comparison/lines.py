"""Line diff of two texts: lines that are the same, changed, added, removed and moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from texts.comparison.alignment import LineGroup, Move, groups_of
from texts.comparison.pieces import Origin, Piece, joined, pieces_of
from texts.comparison.unseen import unseen_differences

# Far more than any sheet has. A longer text counts as a single line.
MOST_LINES = 5_000
_LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


class Fate(StrEnum):
    """What became of a line."""

    SAME = "same"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"
    MOVED_AWAY = "moved_away"
    MOVED_HERE = "moved_here"


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A line of one text or of both, with its differences.

    ``pieces`` are its characters, ``end`` how it ends. A line that was divided or joined holds
    more than one, the line ends between them marked.
    A moved line is there twice, with the same differences: where it stood, and where it stands.
    """

    fate: Fate
    pieces: tuple[Piece, ...]
    end: tuple[Piece, ...] = ()

    @property
    def unseen(self) -> tuple[str, ...]:
        """Differences that look the same, in words; only where the line is now."""
        is_told = self.fate in (Fate.CHANGED, Fate.MOVED_HERE)
        return unseen_differences(self.pieces) if is_told else ()

    def side(self, own: Origin) -> tuple[Piece, ...]:
        """Return the pieces of one text, ``FIRST`` or ``SECOND``; none where it lacks the line."""
        return tuple(piece for piece in self.pieces if self._is_in(own, piece))

    def text(self, own: Origin) -> str:
        """Return the line of one text, with its line end."""
        return "".join(piece.text for piece in self.pieces + self.end if self._is_in(own, piece))

    def _is_in(self, own: Origin, piece: Piece) -> bool:
        elsewhere = {Fate.MOVED_AWAY: Origin.SECOND, Fate.MOVED_HERE: Origin.FIRST}
        return own != elsewhere.get(self.fate) and piece.origin in (Origin.BOTH, own)


def compare(first: str, second: str) -> list[Piece]:
    """Return the pieces of both texts in order.

    Those of ``BOTH`` and ``FIRST`` together are ``first``, those of ``BOTH`` and ``SECOND``
    together are ``second``, character by character. What moved was removed and added.
    """
    return joined(piece for line in compare_lines(first, second) for piece in _in_one_stream(line))


def compare_lines(first: str, second: str) -> list[ComparedLine]:
    """Return the lines of both texts in order, each with what became of it.

    The texts of all lines together are the two texts, character by character.
    """
    mine, yours = first.splitlines(keepends=True), second.splitlines(keepends=True)
    if max(len(mine), len(yours)) > MOST_LINES:
        mine, yours = [first] * bool(first), [second] * bool(second)
    groups = groups_of(
        [line.rstrip(_LINE_ENDS) for line in mine], [line.rstrip(_LINE_ENDS) for line in yours]
    )
    return [_line(group, mine, yours) for group in groups]


def _line(group: LineGroup, mine: Sequence[str], yours: Sequence[str]) -> ComparedLine:
    one = "".join(mine[number] for number in group.first)
    other = "".join(yours[number] for number in group.second)
    words, others = one.rstrip(_LINE_ENDS), other.rstrip(_LINE_ENDS)
    pieces = tuple(pieces_of(words, others))
    # The last line of a text has another end than one that others follow.
    end = tuple(pieces_of(one[len(words) :], other[len(others) :]))
    return ComparedLine(_fate(group, words == others), pieces, end)


def _fate(group: LineGroup, same: bool) -> Fate:
    if not group.second:
        return Fate.REMOVED
    if not group.first:
        return Fate.ADDED
    if group.move:
        return Fate.MOVED_AWAY if group.move == Move.AWAY else Fate.MOVED_HERE
    return Fate.SAME if same else Fate.CHANGED


def _in_one_stream(line: ComparedLine) -> tuple[Piece, ...]:
    match line.fate:
        case Fate.MOVED_AWAY:
            own = Origin.FIRST
        case Fate.MOVED_HERE:
            own = Origin.SECOND
        case _:
            return line.pieces + line.end
    return (Piece(own, line.text(own)),)
