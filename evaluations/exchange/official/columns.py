"""The cells of a table's row as one text: as they follow each other, or column by column."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from evaluations.exchange.official.fold import width
from evaluations.exchange.official.source import Break, Segment

_MOST_CELLS = 300  # more are no row of a table
_TAB_STOP = 1000  # cells parted by tabs are columns however long they are


@dataclass(frozen=True, slots=True)
class NumberedText:
    """Cells parted by tabs and line ends; ``lines`` has the line number of each character."""

    text: str
    lines: tuple[int, ...]


def in_order(segments: Sequence[Segment]) -> NumberedText:
    """Return the cells as they follow each other in the text."""
    text, lines = "", []
    for segment in segments:
        part = ("\t" if segment.parted_by is Break.TAB else "\n") + segment.text
        text += part
        lines += [segment.line] * len(part)
    return NumberedText(text, tuple(lines))


def cells_by_line(segments: Sequence[Segment]) -> list[int]:
    """Return how many cells each line has."""
    counts = Counter(segment.line for segment in segments for _ in _split(segment.text))
    return [counts[line] for line in sorted(counts)]


def by_columns(segments: Sequence[Segment]) -> NumberedText:
    """Return the cells of wrapped lines joined: text below a cell belongs to it."""
    if len(segments) > _MOST_CELLS:
        return in_order(segments)
    columns: list[tuple[int, int, list[tuple[str, int]]]] = []
    for segment in segments:
        cells = [(segment.cell * _TAB_STOP + start, part) for start, part in _split(segment.text)]
        for start, part in cells:
            end = start + width(part)
            under = [c for c in columns if c[2][-1][1] != segment.line]
            if under and columns[0][2][0][1] != segment.line:
                near = max(under, key=lambda c: min(end, c[1]) - max(start, c[0]))
                near[2].append((part, segment.line))
            else:
                columns.append((start, end, [(part, segment.line)]))
    text, lines = "", []
    for _, _, parts in columns:
        for index, (part, line) in enumerate(parts):
            part = ("\n" if index else "\t") + part
            text += part
            lines += [line] * len(part)
    return NumberedText(text, tuple(lines))


def _split(text: str) -> list[tuple[int, str]]:
    """Return the cells of a line parted by gaps, each with the column it begins at."""
    return [
        (width(text[: match.start()]), match.group())
        for match in re.finditer(r"\S+(?:[ \u3000]\S+)*", text)
    ]
