"""Two texts compared, for people who read Japanese."""

from evaluations.texts.comparison.lines import Fate, Line, compare, compare_lines
from evaluations.texts.comparison.pieces import Piece, Standing
from evaluations.texts.comparison.unseen import unseen, unseen_differences

__all__ = [
    "Fate",
    "Line",
    "Piece",
    "Standing",
    "compare",
    "compare_lines",
    "unseen",
    "unseen_differences",
]
