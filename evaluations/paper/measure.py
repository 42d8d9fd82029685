"""Estimates of widths and heights on the page, close enough to choose column widths.

The unit is half an em: the print fonts give Latin letters and digits one, all else two.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from math import ceil

from texts.notation import Block, BlockKind

WIDEST = 24  # ems: the widest column the style sheet knows
_HALF = {"Na", "H", "N"}
LABEL = 10  # half-ems across the label column
BODY = 80  # half-ems across the body, less what a line loses where it breaks
STEP = 68  # the same beside PLAN, DO, CHECK and ACT
_WORD = re.compile(r"[!-~]+|.")


def half_ems(text: str) -> int:
    """Return the width of ``text`` in half-ems."""
    return sum(
        1 if unicodedata.east_asian_width(character) in _HALF else 2
        for character in text
        if unicodedata.category(character) != "Mn"
    )


def ems(texts: Iterable[str]) -> int:
    """Return the whole ems that hold the widest of ``texts``, from one to ``WIDEST``."""
    widest = max((ceil(half_ems(text) / 2) for text in texts), default=1)
    return min(max(widest, 1), WIDEST)


def label_lines(lines: Iterable[str]) -> int:
    """Return how many lines a label takes, rather one too many than one too few.

    A line that breaks loses up to a letter, since some letters may not begin a line.
    """
    return sum(
        1 if half_ems(line) <= LABEL else ceil(half_ems(line) / (LABEL - 1)) for line in lines
    )


def body_lines(blocks: Iterable[Block], most: int, width: int = BODY) -> int:
    """Return how many lines ``blocks`` take, rather one too many than one too few.

    No more than ``most`` are counted. ``width``: half-ems across the column.
    """
    lines = 0
    for block in blocks:
        room = width - 2 * block.depth - half_ems(block.marker)
        lines += text_lines(block.text, most, room)
        if lines >= most:
            return most
    return lines


def kept_lines(blocks: Iterable[Block], most: int, width: int = BODY) -> int:
    """Return how many lines stay together where ``blocks`` begin: headings keep the next block.

    A block of ``most`` lines can be divided, and so can a heading that surely has so many.
    """
    lines = 0
    for block in blocks:
        if block.kind != BlockKind.HEADING:
            return lines + body_lines([block], most, width)
        own = body_lines([block], 2 * most, width)
        if own == 2 * most:
            return lines + most
        lines += own
    return lines


def text_lines(text: str, most: int, width: int = BODY) -> int:
    """Return how many lines ``text`` takes; hardly more than ``most`` are counted.

    As if words of Latin letters, addresses too, broke only where they must.
    """
    width = max(width, BODY // 2)
    lines, taken = 1, 0
    for word in _WORD.findall(text[: width * most]):
        taken += half_ems(word)
        if taken > width:
            taken = half_ems(word)
            lines += 1 + taken // width
    return lines


def fit(widths: Sequence[int], room: int) -> tuple[int, ...]:
    """Return ``widths`` with the widest narrowed, one by one, until they fit into ``room``."""
    fitted = list(widths)
    while sum(fitted) > max(room, len(fitted)):
        fitted[fitted.index(max(fitted))] -= 1
    return tuple(fitted)
