"""Which lines of two texts belong together: the same, the same elsewhere, and those alike."""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise, product

from texts.comparison.pieces import is_too_much

# From this similarity on, two lines in the same place are shown as one changed line.
ALIKE = 0.4
# From this similarity on, a removed line and one added elsewhere count as moved.
MOVED = 0.9
# The same for a line that was split in two, or two that were joined.
DIVIDED = 0.8
# Shorter lines are headings and blanks, which occur in many places.
SHORTEST_MOVE = 5
# With more pairs of lines than this, their similarity is not computed, to bound the time.
MOST_PAIRS = 20_000


class Move(StrEnum):
    """Which of the two places of a moved line."""

    AWAY = "away"
    HERE = "here"


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Lines that belong together: their numbers in the first text and in the second.

    Either may be empty. ``move``: the two stand in different places, and this is one of them.
    """

    first: tuple[int, ...]
    second: tuple[int, ...]
    move: Move | None = None


def groups_of(first: Sequence[str], second: Sequence[str]) -> list[LineGroup]:
    """Return every line of both texts in one group, in order.

    A moved line is in two: at its old place, and at its new one, each naming both lines.
    """
    anchors, gaps = _same_lines(first, second)
    moves = _same_elsewhere(first, second, gaps)
    taken_first, taken_second = set(moves), set(moves.values())
    for gap in gaps:
        mine = [line for line in gap.first if line not in taken_first]
        yours = [line for line in gap.second if line not in taken_second]
        anchors += _alike(first, second, mine, yours)
    used_first = taken_first | {line for group in anchors for line in group.first}
    used_second = taken_second | {line for group in anchors for line in group.second}
    moves |= _alike_elsewhere(
        {n: line for n, line in enumerate(first) if n not in used_first},
        {n: line for n, line in enumerate(second) if n not in used_second},
    )
    anchors.sort(key=lambda group: group.first)
    return list(_in_order(anchors, moves, len(first), len(second)))


def line_similarity(one: str, other: str) -> float:
    """Return how much of two lines is the same, from 0 to 1."""
    if is_too_much(one, other):
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _same_lines(
    first: Sequence[str], second: Sequence[str]
) -> tuple[list[LineGroup], list[LineGroup]]:
    """Return the lines common to both texts in the same order, and the gaps between them."""
    if is_too_much(first, second):
        return [], [LineGroup(tuple(range(len(first))), tuple(range(len(second))))]
    anchors, gaps = [], []
    # Short lines occur in many places: they follow their neighbours and are no anchors.
    matcher = SequenceMatcher(lambda line: not _may_move(line), first, second, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pairs = zip(range(a, b), range(c, d), strict=True)
            anchors += [LineGroup((one,), (other,)) for one, other in pairs]
        else:
            gaps.append(LineGroup(tuple(range(a, b)), tuple(range(c, d))))
    return anchors, gaps


def _same_elsewhere(
    first: Sequence[str], second: Sequence[str], gaps: list[LineGroup]
) -> dict[int, int]:
    """Return the lines of the gaps that moved unchanged: old by new number."""
    vanished: dict[str, deque[int]] = defaultdict(deque)
    for gap in gaps:
        for line in gap.first:
            if _may_move(first[line]):
                vanished[first[line]].append(line)
    moves = {}
    for gap in gaps:
        for line in gap.second:
            if places := vanished.get(second[line]):
                moves[places.popleft()] = line
    return moves


def _alike_elsewhere(first: dict[int, str], second: dict[int, str]) -> dict[int, int]:
    """Return which of the lines left over moved with small edits, the most alike first."""
    mine = {n: _features(line) for n, line in first.items() if _may_move(line)}
    yours = {n: _features(line) for n, line in second.items() if _may_move(line)}
    if len(mine) * len(yours) > MOST_PAIRS:
        return {}
    likely = (
        (one, other)
        for one, other in product(mine, yours)
        if 2 * len(mine[one] & yours[other])
        >= (2 * MOVED - 1) * (len(mine[one]) + len(yours[other]))
    )
    found = sorted(
        (-line_similarity(first[one], second[other]), one, other) for one, other in likely
    )
    moves: dict[int, int] = {}
    for unlike, one, other in found:
        if -unlike >= MOVED and one not in moves and other not in moves.values():
            moves[one] = other
    return moves


def _may_move(line: str) -> bool:
    return len(line.strip()) >= SHORTEST_MOVE


def _alike(
    first: Sequence[str], second: Sequence[str], mine: list[int], yours: list[int]
) -> list[LineGroup]:
    """Return the lines of a gap that are alike, in order: the most characters together.

    One line may have become two, or two one.
    """
    if not mine or not yours or len(mine) * len(yours) > MOST_PAIRS:
        return []
    ones, others = [_features(first[n]) for n in mine], [_features(second[n]) for n in yours]
    common = [[len(one & other) for other in others] for one in ones]
    best = [[0] * (len(yours) + 1) for _ in range(len(mine) + 1)]
    step = {}
    for i, j in product(range(1, len(mine) + 1), range(1, len(yours) + 1)):
        choices = [(best[i - 1][j], 1, 0), (best[i][j - 1], 0, 1)]
        for height, width in ((1, 1), (1, 2), (2, 1)):
            if i >= height and j >= width:
                rows, columns = range(i - height, i), range(j - width, j)
                size = sum(len(ones[row]) for row in rows)
                other_size = sum(len(others[column]) for column in columns)
                shared = sum(common[row][column] for row in rows for column in columns)
                # What both halves of a split line have in common counts once.
                shared = min(shared, size, other_size)
                enough = ALIKE if height == width else DIVIDED
                if 2 * shared >= enough * (size + other_size):
                    choices.append((best[i - height][j - width] + shared, height, width))
        best[i][j], *step[i, j] = max(choices, key=lambda choice: choice[0])
    groups = []
    i, j = len(mine), len(yours)
    while i and j:
        height, width = step[i, j]
        if height and width:
            groups.append(LineGroup(tuple(mine[i - height : i]), tuple(yours[j - width : j])))
        i, j = i - height, j - width
    return groups


def _features(line: str) -> frozenset[str]:
    """Return what makes lines alike: their pairs of neighbouring characters."""
    return frozenset(map("".join, pairwise(line))) or frozenset((line,))


def _in_order(
    anchors: list[LineGroup], moves: dict[int, int], first_count: int, second_count: int
) -> Iterator[LineGroup]:
    """Yield ``anchors`` with the groups between them."""
    origins = {new: old for old, new in moves.items()}
    at_first = at_second = 0
    for anchor in (*anchors, LineGroup((first_count,), (second_count,))):
        mine, yours = range(at_first, anchor.first[0]), range(at_second, anchor.second[0])
        removed = [line for line in mine if line not in moves]
        added = [line for line in yours if line not in origins]
        if len(removed) == len(added) == 1:
            # One line in the place of another: shown beside each other, however unlike.
            (old,), (new,) = removed, added
            yield from _apart(range(mine.start, old), range(yours.start, new), moves, origins)
            yield LineGroup((old,), (new,))
            mine, yours = range(old + 1, mine.stop), range(new + 1, yours.stop)
        yield from _apart(mine, yours, moves, origins)
        if anchor.first[0] < first_count or anchor.second[0] < second_count:
            yield anchor
        at_first, at_second = anchor.first[-1] + 1, anchor.second[-1] + 1


def _apart(
    mine: range, yours: range, moves: dict[int, int], origins: dict[int, int]
) -> Iterator[LineGroup]:
    """Yield the lines that were removed or added, or moved elsewhere."""
    for line in mine:
        away = line in moves
        yield LineGroup((line,), (moves[line],) if away else (), Move.AWAY if away else None)
    for line in yours:
        here = line in origins
        yield LineGroup((origins[line],) if here else (), (line,), Move.HERE if here else None)
