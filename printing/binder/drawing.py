"""Content streams: compacted, isolated by q/Q, and stamped with page numbers."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache

_NUMBER = rb"-?\d+(?:\.\d+)?"
# WeasyPrint follows every letter of a justified line with two numbers around an empty string.
_DIVIDED = re.compile(rb"(?<=>)(%s)<>(%s)" % (_NUMBER, _NUMBER))
# A line with equal spacing between all letters.
_SPACED = re.compile(
    rb"(/\w+ (%s) Tf\s)\[((?:<[0-9a-f]{4}>(%s)<>(%s))(?:<[0-9a-f]{4}>\4<>\5)*<[0-9a-f]{4}>(?:0)?)\]"
    rb" TJ" % (_NUMBER, _NUMBER, _NUMBER)
)
_LETTER = re.compile(rb"<([0-9a-f]{4})>")
_SPACE_IS_SET = re.compile(rb"\bTc\b")
STAMP = b"/Running"
_SIZE = 8  # pt
_RIGHT, _BOTTOM = 43, 27  # pt from the edges of the paper, below the right edge of the text


def brief(content: bytes) -> bytes:
    """Return ``content`` with the letter spacing of each justified line set once, by ``Tc``.

    Letter by letter it takes 40 % of a page. The appearance does not change; operators not
    written as our printer writes them are left alone.
    """
    if _SPACE_IS_SET.search(content):
        return content
    content = _SPACED.sub(_said_once, content)
    return _DIVIDED.sub(lambda each: _sum(each[1], each[2]), content)


def _said_once(line: re.Match[bytes]) -> bytes:
    font, size, letters, one, other = line.groups()
    between = -Decimal(_sum(one, other).decode()) * Decimal(size.decode()) / 1000
    return b"%s%s Tc <%s> Tj 0 Tc" % (font, plain(between), b"".join(_LETTER.findall(letters)))


@lru_cache(maxsize=1000)
def _sum(one: bytes, other: bytes) -> bytes:
    return plain(Decimal(one.decode()) + Decimal(other.decode()))


def plain(number: Decimal) -> bytes:
    """Return ``number`` with at most five decimals, far finer than a printer can resolve."""
    written = f"{number:.5f}".rstrip("0").rstrip(".")
    return b"0" if written == "-0" else written.encode()


def enclosed(content: bytes) -> bytes:
    """Return ``content`` in q/Q, so that WeasyPrint's matrix does not affect what follows."""
    return b"q\n" + content + b"\nQ\n"


def length(glyphs: Iterable[int], widths: Mapping[int, bytes]) -> Decimal:
    """Return the width of ``glyphs`` in ems; ``widths`` are in thousandths of an em."""
    return sum((Decimal(widths[glyph].decode()) for glyph in glyphs), Decimal()) / 1000


def stamp(
    words: str, glyphs: Mapping[str, int], widths: Mapping[int, bytes], width: Decimal
) -> bytes:
    """Return a content stream with ``words`` at the lower right of a page ``width`` pt wide.

    It is an artifact, which screen readers skip. ``widths``: see ``length``.
    """
    drawn = [glyphs[letter] for letter in words]
    left = width - _RIGHT - _SIZE * length(drawn, widths)
    return b"/Artifact<</Type/Pagination/Subtype/Footer>>BDC BT%s %d Tf %s %d Td<%s>Tj ET EMC" % (
        STAMP,
        _SIZE,
        plain(left),
        _BOTTOM,
        b"".join(b"%04x" % glyph for glyph in drawn),
    )
