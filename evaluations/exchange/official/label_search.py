"""Finding a label in the text, however the extraction broke it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from editions.enums import ItemKind
from evaluations.exchange.official.fold import fold, fold_character, width
from evaluations.exchange.official.labels import Label
from evaluations.exchange.official.source import Break, Segment

_GAP = re.compile(r" {2,}|[ ]*\u3000\s*")  # between cells where no tab was kept
_CONTINUED = re.compile(r"\s*[（(]?(?:続き|つづき|続)[）)]?\s*(?=$|\s|[:：])")
_PARTICLE = re.compile(r" [はがをにのとでもやへ]")
_BULLET = re.compile(r"\s*(?:[-‐−–]\s*)?[・•●]\s*|\s*[-‐−–]\s+")
_NUMBERED = re.compile(r"[（(]\s*[0-9０-９]{1,2}\s*[）)]")


@dataclass(frozen=True, slots=True)
class Found:
    """A label found: what stood beside and behind it, and the index of the segment after it.

    ``alone``: its cell, or a colon, ended behind it. ``cut``: its own end was not there.
    ``numbered``: its number stood before it (True also for a label that has none).
    """

    label: Label
    rest: list[Segment]
    end: int
    alone: bool
    numbered: bool
    cut: bool


def find_label(segments: Sequence[Segment], start: int, label: Label) -> Found | None:
    """Return ``label`` where it begins at segment ``start``, or None.

    It may be spaced out, go on over lines, and stand beside a cell that goes on with it.
    """
    segment = segments[start]
    if not _may_begin(segment.text, label):
        return None
    found = _find(segments, start, label, numbered=True)
    if not found and label.item and (bullet := _BULLET.match(segment.text)):
        behind = [replace(segment, text=segment.text[bullet.end() :]), *segments[start + 1 :]]
        found = _find(behind, 0, label, numbered=True)
        if found and not (found.alone or label.kind == ItemKind.FINANCIAL_REPORT):
            return None
        return found and replace(found, end=found.end + start)
    if not found and label.number and len(label.words) >= 4:
        found = _find(segments, start, label, numbered=False)
        found = found if found and found.alone else None
    return found


def _may_begin(text: str, label: Label) -> bool:
    """Whether the first character could be the label's: a quick test for the many lines of text."""
    bullet = _BULLET.match(text)
    first = fold(text[bullet.end() if bullet else 0 :][:30])[:1]
    return bool(first) and first in ("(", label.number[:1], label.words[:1])


def _find(segments: Sequence[Segment], start: int, label: Label, *, numbered: bool) -> Found | None:
    # Text behind a gap is another cell, unless it completes the label
    return _follow(segments, start, label, numbered, over_gaps=False) or _follow(
        segments, start, label, numbered, over_gaps=True
    )


def _follow(
    segments: Sequence[Segment], start: int, label: Label, numbered: bool, *, over_gaps: bool
) -> Found | None:
    signs = _signs(label, numbered)
    rest: list[Segment] = []
    at, i = 0, start
    while True:
        segment = segments[i]
        advanced, end = _advance(segment.text, signs, at, over_gaps)
        behind = segment.text[end:]
        whole = advanced == len(signs)
        gap = _GAP.match(behind)
        if advanced == at or not (whole or gap or not behind.strip()):
            # All but an end is enough where the number stood there too
            cut = bool(label.number) and numbered and over_gaps and at * 2 >= len(signs) + 4
            return Found(label, rest, i, alone=True, numbered=True, cut=True) if cut else None
        at = advanced
        if rest and not behind.strip():  # the line beside the label is blank
            rest.append(replace(segment, text="", parted_by=Break.LINE))
        if whole:
            break
        if behind.strip():
            rest.append(_after(segment, end + (gap.end() if gap else 0)))
        i += 1
        while i < len(segments) and segments[i].parted_by is Break.TAB:
            rest.append(segments[i])
            i += 1
        while i < len(segments) and not rest and segments[i].is_blank:
            i += 1
        if i == len(segments):
            return None
    boundary = _boundary(behind, label, numbered)
    if boundary is None:
        return None
    length, alone = boundary
    if behind[length:].strip():
        rest.append(_after(segment, end + length))
    return Found(label, rest, i + 1, alone, numbered, cut=False)


def _after(segment: Segment, start: int) -> Segment:
    """Return what follows ``start``, as far to the right as it stands if a gap is before it."""
    before, text = segment.text[:start], segment.text[start:]
    indent = text[: len(text) - len(text.lstrip())]
    gap = before.endswith(("  ", "\u3000")) or len(indent) > 1
    column = width(before + indent) if gap else 0
    return replace(segment, text=" " * column + text.lstrip(), parted_by=Break.LABEL)


def _signs(label: Label, numbered: bool) -> list[tuple[str, bool]]:
    """Return the characters to find, each with whether it may be missing."""
    signs = [(character, False) for character in label.words]
    if numbered and label.number:
        number = [(character, False) for character in label.number]
        signs = [("(", True), *number, (")", True), (".,、", True), *signs]
    return signs


def _advance(text: str, signs: list[tuple[str, bool]], at: int, over_gaps: bool) -> tuple[int, int]:
    """Return how far ``text`` takes us in ``signs`` from ``at``, and where in ``text`` that is."""
    end = 0
    for index, character in enumerate(text):
        if character.isspace():
            if end and not over_gaps and _GAP.match(text, index):
                break
            continue
        for folded in fold_character(character):
            here = at
            while here < len(signs) and folded not in signs[here][0] and signs[here][1]:
                here += 1
            if here == len(signs) or folded not in signs[here][0]:
                return at, end
            at = here + 1
        end = index + 1
        if at == len(signs):
            break
    return at, end


def _boundary(behind: str, label: Label, numbered: bool) -> tuple[int, bool] | None:
    """Return how much of ``behind`` still belongs to the label, and whether a cell ends there.

    None where ``behind`` shows that the label's words are only the beginning of a sentence.
    """
    continued = _CONTINUED.match(behind)
    length = continued.end() if continued else 0
    if colon := re.match(r"\s*[：:]", behind[length:]):
        return length + colon.end(), True
    after = behind[length:]
    if not after.strip() or continued or _GAP.match(after):
        return length, True
    if not numbered:
        return None
    if after[0] == " ":
        return None if _PARTICLE.match(after) else (length + 1, False)
    if (label.number and _BULLET.match(after)) or (not label.item and _NUMBERED.match(after)):
        return length, False
    if label.is_short and not ("ぁ" <= after[0] <= "ん"):
        return length, False
    return None
