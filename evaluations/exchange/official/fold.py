"""Characters: folding for comparison, widths, and the spaces an extraction leaves behind."""

import re
import unicodedata
from collections.abc import Iterable

from core.folding import fold_look_alikes

_OPENING = "([{"
_CLOSING = ")]}"


def fold_character(character: str) -> str:
    """Return what ``character`` is compared as; none, one or several characters."""
    return fold_look_alikes(character)


def fold(text: str) -> str:
    """Return ``text`` for comparison: width, dashes and dots alike, without any white space."""
    return "".join("".join(map(fold_character, text)).split())


def figures(text: str) -> str:
    """Return ``text`` as half-width characters without white space, for reading numbers."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def is_wide(character: str) -> bool:
    """Whether ``character`` is Japanese (full-width) rather than Latin or a digit."""
    return unicodedata.east_asian_width(character) in "WFH"


def width(text: str) -> int:
    """Return the width of ``text`` in half-width columns."""
    return sum(2 if is_wide(character) else 1 for character in text)


def close_spaces(text: str) -> str:
    """Return ``text`` without the half-width spaces that do not part two Latin words.

    Full-width spaces are kept: they were typed on purpose.
    """
    return re.sub(r" +", _space, text).strip(" ")


def _space(match: re.Match[str]) -> str:
    text = match.string
    if match.start() == 0 or match.end() == len(text):
        return ""
    before, after = text[match.start() - 1], text[match.end()]
    if is_wide(before) or is_wide(after) or before in _OPENING or after in _CLOSING:
        return ""
    return " "


def join_lines(lines: Iterable[str]) -> str:
    """Return wrapped ``lines`` as one: a space only between two Latin words."""
    joined = ""
    for line in lines:
        line = line.strip(" \u3000")
        if joined and line:
            joined += _glue(joined, line)
        joined += line
    return close_spaces(joined)


def _glue(before: str, after: str) -> str:
    if is_wide(before[-1]) or is_wide(after[0]):
        return ""
    if before[-1] in "/-" and not before.endswith(" -"):  # an address or a compound
        return ""
    if re.search(r"\d,$", before) and re.match(r"\d{3}(?!\d)", after):
        return ""
    return " "
