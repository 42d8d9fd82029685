"""Joining the wrapped lines of a cell: stored text has one block a line."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from evaluations.exchange.official.fold import join_lines, width
from evaluations.exchange.official.indents import GrowingBlock, depths_of
from evaluations.exchange.official.markers import (
    SENTENCE_END,
    LinePart,
    Marker,
    marker_of,
    parts_of_line,
)
from evaluations.exchange.official.sheet import Doubts
from evaluations.exchange.official.source import Break, Segment
from texts.notation import FULL_WIDTH_SPACE, BlockKind, normalize

_OPEN_ENDS = tuple("、，,・（(「『及びやとの")
_SHORT = 0.8  # a line this much shorter than a full one did not have to be broken


def full_width_of(texts: Iterable[Sequence[Segment]]) -> int:
    """Return how wide the lines are that were broken inside a sentence; 0: none was broken."""
    widest = 0
    for segments in texts:
        lines = [s for s in segments if s.parted_by is not Break.TAB or not s.is_blank]
        for line, below in pairwise(lines):
            text = line.text.strip()
            broken = below.parted_by is Break.LINE and not below.is_blank and text
            if broken and not SENTENCE_END.search(text) and not marker_of(below.text):
                marker = marker_of(text)
                if not marker or marker.kind is not BlockKind.HEADING:
                    widest = max(widest, width(text))
    return widest


def stored_text(
    segments: Sequence[Segment], full_width: int, item: str, name: str, doubts: Doubts
) -> str:
    """Return the text of ``segments`` as it is stored; ``name`` is the item's, for doubts."""
    return _Assembler(segments, full_width, item, name, doubts).text()


class _Assembler:
    def __init__(
        self, segments: Sequence[Segment], full_width: int, item: str, name: str, doubts: Doubts
    ) -> None:
        self.segments = segments
        self.full_width = full_width
        self.item = item
        self.name = name
        self.doubts = doubts
        self.blocks: list[GrowingBlock] = []
        self.lines_with_text = {s.line for s in segments if not s.is_blank}

    def text(self) -> str:
        """Return the stored text."""
        blank = page = paragraph = False
        for segment in self.segments:
            page = page or segment.parted_by is Break.PAGE
            paragraph = paragraph or segment.parted_by is Break.PARAGRAPH
            if segment.is_blank:
                blank = blank or segment.line not in self.lines_with_text
                continue
            for index, piece in enumerate(parts_of_line(segment.text)):
                if piece.unsure:
                    self.note(segment.line, "行の途中の「・」を箇条書きの始まりとみるか迷いました")
                self.take(piece, segment, index == 0, paragraph, blank, page)
                blank = page = paragraph = False
        self.blocks = [block for block in self.blocks if any(block.parts)]
        return normalize("\n".join(map(_line, self.blocks, depths_of(self.blocks))))

    def take(
        self,
        piece: LinePart,
        segment: Segment,
        first: bool,
        paragraph: bool,
        blank: bool,
        page: bool,
    ) -> None:
        """Begin a block with ``piece`` or add it to the last one."""
        marker = marker_of(piece.text)
        before = self.blocks[-1] if self.blocks else None
        if before and not self.begins(before, marker, piece.text, segment, paragraph, blank, page):
            before.parts.append(piece.text)
            before.last_width = width(piece.text.strip())
            return
        if marker and not marker.sign:
            marker = None
        body = marker.body if marker else piece.text
        block = GrowingBlock(marker, segment.line, [body], last_width=width(piece.text.strip()))
        if marker:
            within = (before.column if before else 0) if not first else 0
            block.column = within + marker.column
            block.cell = segment.cell if first else (before.cell if before else 0)
            in_cell = segment.cell > 0 or segment.parted_by is Break.LABEL
            block.behind_label = first and in_cell and not before
        self.indented(block, piece.text)
        self.blocks.append(block)

    def indented(self, block: GrowingBlock, text: str) -> None:
        """Note the one full-width space by which a paragraph is indented."""
        spaces = text[: len(text) - len(text.lstrip(" \u3000"))]
        block.indented = block.marker is None and spaces == FULL_WIDTH_SPACE

    def begins(
        self,
        before: GrowingBlock,
        marker: Marker | None,
        text: str,
        segment: Segment,
        paragraph: bool,
        blank: bool,
        page: bool,
    ) -> bool:
        """Whether a line begins a block of its own rather than going on with ``before``."""
        ended = bool(SENTENCE_END.search(before.parts[-1].rstrip()))
        short = not self.full_width or before.last_width < _SHORT * self.full_width
        if marker and marker.kind in (BlockKind.BULLET, BlockKind.NOTE):
            return True
        if marker:
            begins = ended or paragraph or not before.parts[-1].rstrip().endswith(_OPEN_ENDS)
            begins = begins and (marker.kind is BlockKind.HEADING or ended or paragraph or short)
            if not begins:
                self.note(segment.line, f"行頭の「{text.strip()[:4]}」を前の行の続きとしました")
            return begins
        if paragraph:
            return True
        if segment.parted_by is Break.TAB:
            return False
        heading = before.marker and before.marker.kind is BlockKind.HEADING
        if heading and len(before.parts) == 1 and short:
            return True
        if ended and (blank or short):
            indented = text.startswith(FULL_WIDTH_SPACE) and not before.marker
            if (before.marker or page) and not indented:
                self.note(segment.line, "改行の後を新しい段落としました")
            return True
        if ended:
            self.note(segment.line, "文の終わりでの改行を、段落を分けずに続けました")
        elif blank and not page:
            self.note(segment.line, "空行の前後を1つの文として続けました")
        return False

    def note(self, line: int, what: str) -> None:
        """Add a doubt on how the lines belong together."""
        self.doubts.note(line, self.item, f"{self.name}：{what}。原本と見比べてください。")


def _line(block: GrowingBlock, depth: int) -> str:
    sign = block.marker.sign if block.marker else ""
    return FULL_WIDTH_SPACE * depth + sign + join_lines(block.parts)
