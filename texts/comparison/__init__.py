"""Comparison (diff) of two Japanese texts."""

from texts.comparison.lines import ComparedLine, Fate, compare, compare_lines
from texts.comparison.pieces import Origin, Piece
from texts.comparison.unseen import unseen, unseen_differences

__all__ = [
    "ComparedLine",
    "Fate",
    "Origin",
    "Piece",
    "compare",
    "compare_lines",
    "unseen",
    "unseen_differences",
]
