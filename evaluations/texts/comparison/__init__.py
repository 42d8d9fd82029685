"""Comparison (diff) of two Japanese texts."""

from evaluations.texts.comparison.lines import ComparedLine, Fate, compare, compare_lines
from evaluations.texts.comparison.pieces import Origin, Piece
from evaluations.texts.comparison.unseen import unseen, unseen_differences

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
