"""Page numbers, leaders and links, drawn into the space left for them on a contents page."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from pikepdf import Page

from printing.binder.drawing import STAMP, brief, length, plain
from printing.binder.volume import DigitFont, drawing_of

# WeasyPrint draws in px from the upper left; its pages begin with this matrix.
_PX = Decimal("0.75")  # pt
_IN_PX = re.compile(rb"\s*1 0 0 -1 0 \S+ cm\s+q\s+0\.75 0 0 0\.75 0 0 cm\s")
# As in booklet.css: the margin, the font size, and the width left for page numbers.
_MARGIN = Decimal("68.03")
_LETTER = 14
_ROOM = 3 * _LETTER
_TEXT = re.compile(rb"<</MCID (\d+)>>\s*BDC(.*?)EMC", re.DOTALL)
_PLACE = re.compile(rb"1 0 0 -1 (\S+) (\S+) Tm")


class _Text(NamedTuple):
    """A marked text: its position on the page, and its end in the content stream."""

    left: Decimal
    base: Decimal
    end: int


@dataclass(frozen=True)
class ContentsRow:
    """The rectangle of a row of the contents, in pt."""

    left: Decimal
    bottom: Decimal
    right: Decimal
    top: Decimal


@dataclass
class ContentsPage:
    """A page of the contents, with the numbers to be drawn on it."""

    content: bytes
    width: Decimal
    height: Decimal
    texts: dict[int, _Text]
    annotations: list[int] = field(default_factory=list)
    _leaders: list[bytes] = field(default_factory=list)
    _numbers: list[tuple[int, bytes]] = field(default_factory=list)

    @classmethod
    def of(cls, page: Page) -> "ContentsPage":
        """Parse ``page``. Raises ValueError if it was not drawn as our printer draws."""
        content = brief(drawing_of(page.obj))
        if not _IN_PX.match(content):
            raise ValueError("not drawn in px from the upper left")
        left, bottom, right, top = (Decimal(str(edge)) for edge in page.mediabox)
        return cls(content, right - left, top - bottom, dict(_texts(content)))

    def number(self, texts: list[int], words: str, figures: DigitFont) -> tuple[int, ContentsRow]:
        """Draw ``words`` with a leader on the last line of ``texts``, the texts of a row.

        Return the marked-content id of ``words``, and the row.
        """
        placed = [self.texts[each] for each in texts]
        last = placed[-1]
        right = self.width / _PX - _MARGIN
        glyphs = [figures.glyphs[letter] for letter in words]
        start = right - _LETTER * length(glyphs, figures.widths)
        content = max(self.texts) + 1 + len(self._numbers)
        drawn = b"/Span<</MCID %d>>BDC BT%s %d Tf 1 0 0 -1 %s %s Tm<%s>Tj ET EMC\n" % (
            content,
            STAMP,
            _LETTER,
            plain(start),
            plain(last.base),
            b"".join(b"%04x" % glyph for glyph in glyphs),
        )
        self._numbers.append((last.end, drawn))
        # From the right, so that the dots of all rows are aligned.
        ends = (right - _ROOM, last.base - 4, placed[1].left, last.base - 4)
        self._leaders.append(b"%s %s m %s %s l S\n" % tuple(map(plain, ends)))
        top = min(text.base for text in placed) - _LETTER
        return content, ContentsRow(
            placed[0].left * _PX,
            self.height - (last.base + _LETTER / Decimal(3)) * _PX,
            right * _PX,
            self.height - top * _PX,
        )

    def drawn(self) -> bytes:
        """Return the content stream: leaders, then the page over them, then the numbers."""
        if not self._numbers:
            return self.content
        pieces, position = [], 0
        for end, drawn in sorted(self._numbers):
            pieces += [self.content[position:end], b"\n", drawn]
            position = end
        begin = b"q %s 0 0 -%s 0 %s cm /Artifact BMC 1 J 1.1 w [0 4.5] 0 d\n" % tuple(
            map(plain, (_PX, _PX, self.height))
        )
        return b"".join([begin, *self._leaders, b"EMC Q\n", *pieces, self.content[position:]])


def _texts(content: bytes) -> list[tuple[int, _Text]]:
    return [
        (int(text[1]), _Text(Decimal(place[1].decode()), Decimal(place[2].decode()), text.end()))
        for text in _TEXT.finditer(content)
        if (place := _PLACE.search(text[2]))
    ]
