"""CSV files that a spreadsheet opens as they are meant: in UTF-8, and without formulas.

Every export of the site goes through here, so that none forgets the one or the other.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence

BOM = "\ufeff"  # by which Excel knows that a file is UTF-8
# What a spreadsheet may read as the beginning of a formula. A Japanese Excel takes the full-width
# signs as well, and control characters before a sign are dropped.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


class _Line:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(headings: Sequence[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield the lines of a CSV file one at a time, headings first, each with its line end."""
    writer = csv.writer(_Line())
    yield BOM + writer.writerow(headings)
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def harmless(cell: object) -> object:
    """Return ``cell`` so that a spreadsheet takes it for text, not for a formula.

    An apostrophe before it is how Excel marks a text. Numbers stay numbers, below zero too.
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
