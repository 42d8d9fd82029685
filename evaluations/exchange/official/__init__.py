"""Parser of official sheets, from the text extracted from a PDF.

``source`` makes cells and lines of the text, ``title`` finds the edition, ``cells`` divides the
lines among its items, and ``blocks``, ``staffing_table`` and ``values`` read each of them. What
is uncertain becomes a doubt; what cannot be read at all an error with its line.
"""

from evaluations.exchange.official.reader import read_official_text
from evaluations.exchange.official.sheet import (
    Doubt,
    OfficialTextError,
    ReadReport,
    ReadSheet,
    ReadStaffing,
)

__all__ = [
    "Doubt",
    "OfficialTextError",
    "ReadReport",
    "ReadSheet",
    "ReadStaffing",
    "read_official_text",
]
