"""CSV export for spreadsheets: UTF-8 with a byte order mark, and safe from formula injection.

Every CSV export of the site uses this module, so that none forgets either.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence

BOM = "\ufeff"  # makes Excel read the file as UTF-8
# Characters that may start a formula. A Japanese Excel accepts the full-width signs as well, and
# drops control characters before a sign.
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


class _Echo:
    """A file-like object that returns each line instead of storing it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(headings: Sequence[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield the lines of a CSV file, headings first, each with its line end."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(headings)
    for row in rows:
        yield writer.writerow([escape_formula(cell) for cell in row])


def escape_formula(cell: object) -> object:
    """Return ``cell`` so that a spreadsheet reads it as text, not as a formula.

    Excel marks text with a leading apostrophe. Numbers, negative ones included, stay numbers.
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
