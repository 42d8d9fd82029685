"""The notation of structured plain text: typed by officers, stored, and printed.

    ``・``       begins a bullet; each leading full-width space, or two half-width ones, makes it
                one level deeper
    ``（1）``    a number in parentheses begins a heading
    ``（注）``   begins a note, and so do ``（注1）`` and ``※``
    ``[[…]]``   double brackets underline

Every other line is a paragraph. One line is one block. The screen, the PDF, the counter, the
comparison and the checks all read the blocks made here, so that they cannot disagree.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from core.cleaning import clean
from core.folding import fold_for_search

FULL_WIDTH_SPACE = "\u3000"


class BlockKind(StrEnum):
    """What a line is."""

    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    HEADING = "heading"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of characters, underlined or not."""

    text: str
    underlined: bool = False
    href: str = ""  # where the words lead to, on the screen alone


@dataclass(frozen=True, slots=True)
class Block:
    """One line: its kind, its depth of indent, its marker as typed, and what follows it."""

    kind: BlockKind
    depth: int
    marker: str
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The words without marker and underline."""
        return "".join(run.text for run in self.runs)


_MARKERS = (
    (BlockKind.BULLET, re.compile(r"・")),
    (BlockKind.NOTE, re.compile(r"[（(]注[0-9０-９]{0,2}[）)]|※[0-9０-９]{0,2}")),
    (BlockKind.HEADING, re.compile(r"[（(][0-9０-９]{1,2}[）)]")),
)
_UNDERLINE = re.compile(r"\[\[(.+?)\]\]")


def normalize(text: str) -> str:
    """Return ``text`` as it is stored: cleaned (``core.cleaning``), a tab as a wide space.

    Full-width digits, circled numbers and the like stay as typed (NFKC would change ① and ㈱).
    Trailing spaces go, and so do blank lines at both ends and more than one between lines.
    """
    text = clean(text).replace("\t", FULL_WIDTH_SPACE)
    lines = (line.rstrip(" " + FULL_WIDTH_SPACE) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def parse(text: str) -> tuple[Block, ...]:
    """Return the blocks of a stored text, one for each line that is not blank."""
    return tuple(_block(line) for line in text.split("\n") if line.strip(" \u3000"))


def count_characters(text: str) -> int:
    """Return how many characters of ``text`` will be printed, line ends not counted."""
    return sum(len(block.marker) + len(block.text) for block in parse(normalize(text)))


def plain_text(text: str) -> str:
    """Return ``text`` as it is read: without the marks of an underline, and blank lines."""
    return "\n".join(block.marker + block.text for block in parse(text))


def searchable(text: str) -> str:
    """Return ``text`` as it is read, folded for search (``core.folding``)."""
    return fold_for_search(plain_text(text))


def _block(line: str) -> Block:
    rest = line.lstrip(" " + FULL_WIDTH_SPACE)
    indent = line[: len(line) - len(rest)]
    depth = indent.count(FULL_WIDTH_SPACE) + indent.count(" ") // 2
    for kind, pattern in _MARKERS:
        if marker := pattern.match(rest):
            body = rest[marker.end() :].lstrip(" \u3000")
            return Block(kind, depth, marker.group(), _runs(body))
    return Block(BlockKind.PARAGRAPH, depth, "", _runs(rest))


def _runs(text: str) -> tuple[Run, ...]:
    runs = []
    end = 0
    # Searching past the last closing brackets finds nothing and takes quadratic time.
    for match in _UNDERLINE.finditer(text, 0, text.rfind("]]") + 2):
        runs += [Run(text[end : match.start()]), Run(match.group(1), underlined=True)]
        end = match.end()
    runs.append(Run(text[end:]))
    return tuple(run for run in runs if run.text)
