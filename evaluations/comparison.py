"""Two texts compared: which parts stand in both, and which in one alone.

Japanese has no blanks between its words, so lines are compared in runs of one script: kanji,
hiragana, katakana, digits, Latin letters; every other character stands alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Standing(StrEnum):
    """In which of the two texts a piece stands."""

    BOTH = "both"
    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of characters, line ends among them."""

    standing: Standing
    text: str


_RUN = re.compile(
    r"[々〆〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"  # kanji
    r"|[ぁ-ゟ]+"
    r"|[ァ-ヺー-ヿ]+"
    r"|[0-9０-９]+(?:[.,．，][0-9０-９]+)*"
    r"|[A-Za-zＡ-Ｚａ-ｚÀ-ÖØ-öø-ɏ]+"
    r"|.",
    re.DOTALL,
)
# Beyond this, runs are not worth their time (it grows with the square): whole lines are marked.
MOST_CHARACTERS = 12_000
# One character in common between two changes is chance, and hinders reading.
CHANCE = 1


def compare(first: str, second: str) -> list[Piece]:
    """Return the pieces of both texts in order.

    Those of ``BOTH`` and ``FIRST`` together are ``first``, those of ``BOTH`` and ``SECOND``
    together are ``second``, character by character.
    """
    lines = first.splitlines(keepends=True), second.splitlines(keepends=True)
    pieces: list[Piece] = []
    for same, one, other in _matches(*lines):
        if same or not one or not other or len(one) + len(other) > MOST_CHARACTERS:
            pieces += _pieces(same, one, other)
            continue
        for alike, mine, yours in _tidy(_matches(_RUN.findall(one), _RUN.findall(other))):
            pieces += _pieces(alike, mine, yours)
    return _joined(pieces)


Match = tuple[bool, str, str]


def _matches(first: Sequence[str], second: Sequence[str]) -> Iterator[Match]:
    """Yield what is the same and what differs, in order."""
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        yield tag == "equal", "".join(first[a:b]), "".join(second[c:d])


def _tidy(matches: Iterator[Match]) -> list[Match]:
    """Let a chance likeness between two changes be part of the change. Line ends always count."""
    found = list(matches)
    for place in range(1, len(found) - 1):
        same, one, other = found[place]
        if same and len(one) <= CHANCE and one != "\n":
            found[place] = (False, one, other)
    return found


def _pieces(same: bool, one: str, other: str) -> list[Piece]:
    if same:
        return [Piece(Standing.BOTH, one)]
    return [Piece(Standing.FIRST, one), Piece(Standing.SECOND, other)]


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Return ``pieces`` without empty ones, neighbours of one kind made one."""
    joined: list[Piece] = []
    change = {Standing.FIRST: "", Standing.SECOND: ""}

    def flush() -> None:
        for standing, text in change.items():
            if text:
                joined.append(Piece(standing, text))
                change[standing] = ""

    for piece in pieces:
        if piece.standing != Standing.BOTH:
            change[piece.standing] += piece.text
        elif piece.text:
            flush()
            if joined and joined[-1].standing == Standing.BOTH:
                joined[-1] = Piece(Standing.BOTH, joined[-1].text + piece.text)
            else:
                joined.append(piece)
    flush()
    return joined
