"""The marks at the beginning of a line: bullets, notes and headings, as PDFs give them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evaluations.exchange.official.fold import is_wide, width
from texts.notation import BlockKind

_NOTE = re.compile(r"[（(]\s*注\s*[0-9０-９]{0,2}\s*[）)]|※\s*[0-9０-９]{0,2}")
_LOOSE_NOTE = re.compile(r"注\s*[0-9０-９]{0,2}\s*[）):：]|[（(]参考[）)]")
_HEADING = re.compile(r"[（(]\s*[0-9０-９]{1,2}\s*[）)]")
_COUNTED = re.compile(r"[①-⑳]|[（(]\s*[ア-ンa-zA-Zⅰ-ⅹ]\s*[）)]|[【■□◆◇▶➢]")
_BULLET = re.compile(
    r"(?:[-‐‑–−]\s*)?(?:[・•●◦▪‣∙·]|○(?![○〇]))\s*|(?P<dash>[-‐‑–−－*]\s+|[-‐‑–−](?=[^\x00-\x7f]))"
)
_SEAM = re.compile(r"[ \u3000]+(?=(?:[-‐‑–−] )?[・•●◦▪‣]|[（(]\s*注\s*[0-9０-９]{0,2}\s*[）)]|※)")
SENTENCE_END = re.compile(r"[。．！？!?][）)」』”]*$|[A-Za-z)]\.$")


@dataclass(frozen=True, slots=True)
class Marker:
    """What a line begins with. ``kind`` PARAGRAPH is one that only may begin a paragraph."""

    kind: BlockKind
    sign: str  # as it is stored
    bullet: str  # the bullet as it was typed
    column: int
    body: str  # '' where the bullet stands on a line of its own


@dataclass(frozen=True, slots=True)
class LinePart:
    """A part of a line that may be a block; ``unsure``: whether it really begins one."""

    text: str
    unsure: bool = False


def marker_of(text: str) -> Marker | None:
    """Return the marker ``text`` begins with, or None."""
    body = text.lstrip(" \u3000")
    column = width(text[: len(text) - len(body)].replace("  ", "\u3000").replace(" ", ""))
    bullet = ""
    if match := _BULLET.match(body):
        bullet, rest = match.group().strip(), body[match.end() :]
        behind = rest.lstrip("・ \u3000") if not match["dash"] else rest.lstrip(" \u3000")
        if not (match["dash"] and _NOTE.match(behind)):
            return Marker(BlockKind.BULLET, "・", bullet, column, behind)
        body = behind
    for kind, pattern in (
        (BlockKind.NOTE, _NOTE),
        (BlockKind.HEADING, _HEADING),
    ):
        if match := pattern.match(body):
            sign = re.sub(r"\s", "", match.group())
            return Marker(kind, sign, bullet, column, body[match.end() :].lstrip(" \u3000"))
    if _LOOSE_NOTE.match(body) or _COUNTED.match(body):
        return Marker(BlockKind.PARAGRAPH, "", bullet, column, body)
    return None


def parts_of_line(text: str) -> Iterator[LinePart]:
    """Yield the parts of one line, which may hold several bullets and notes.

    A middle dot inside a compound stays, with the spaces an extraction may have put there.
    """
    start, unsure = 0, False
    for seam in _SEAM.finditer(text):
        if not text[start : seam.start()].strip():
            continue
        parts, doubtful = _parts(text[start : seam.start()], text[seam.end() : seam.end() + 4])
        if not parts:
            unsure = unsure or doubtful
            continue
        yield LinePart(text[start : seam.start()], unsure)
        # The full-width spaces behind a half-width one are the next bullet's indent
        start = seam.end() - (seam.group().count("\u3000") if seam.group()[0] == " " else 0)
        unsure = doubtful
    yield LinePart(text[start:], unsure)


def _parts(before: str, after: str) -> tuple[bool, bool]:
    """Return whether a new block begins between, and whether that is a guess."""
    ended = bool(SENTENCE_END.search(before[-20:]))
    dot = re.sub(r"^[-‐‑–−] ", "", after)
    if dot[0] in "•●◦▪‣":
        return True, False
    if dot[0] != "・" or ended:
        return ended, False
    spaced_dot = dot[1:2] in (" ", "\u3000")
    begins_list = bool((marker := marker_of(before)) and marker.kind is BlockKind.BULLET)
    if dot is not after:
        return True, False
    if spaced_dot or not begins_list or not is_wide(before[-1]):
        return False, begins_list
    return True, True
