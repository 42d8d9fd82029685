"""Monkey patch for inter-character justification, as Word justifies Japanese.

WeasyPrint stretches only ASCII spaces: a single space becomes a wide gap, and a line without one
is not justified. The patched function is private, so only the versions in ``versions`` are
accepted.

Importing this module imports WeasyPrint, which takes half a second.
"""

import unicodedata
from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

WIDEST_GAP = 0.5  # ems


def install() -> None:
    """Apply the patch in this process."""
    inline.justify_line = justify_line


def justify_line(context: Any, line: Any, slack: float) -> None:
    """Distribute ``slack`` px evenly between the letters of ``line``. Changes it in place.

    Lines that would need gaps above ``WIDEST_GAP`` are left unjustified.
    """
    gaps = sum(map(_letters, _stretchable(line))) - 1
    if gaps > 0 and slack / gaps <= WIDEST_GAP * line.style["font_size"]:
        _spread(line, slack / gaps, 0)


def _spread(box: Any, spacing: float, shift: float) -> float:
    """Move ``box`` right by ``shift``, widen it, and return the shift of the next box."""
    if isinstance(box, boxes.TextBox):
        box.position_x += shift
        if not _may_stretch(box):
            return shift
        thousandth = box.style["font_size"] / 1000
        asked, drawn = (each * thousandth for each in _as_drawn(spacing / thousandth))
        box.style = box.style.copy()
        box.style["letter_spacing"] = asked
        growth = _letters(box) * drawn
        box.width += growth
        return shift + growth
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        if isinstance(box, boxes.InlineBox):
            box.position_x += shift
        before = shift
        for child in box.children:
            if child.is_in_normal_flow():
                shift = _spread(child, spacing, shift)
        box.width += shift - before
        return shift
    box.translate(shift, 0)
    return shift


def _as_drawn(spacing: float) -> tuple[float, float]:
    """Return the spacing to request so that about ``spacing`` is drawn, and what is drawn of it.

    All in thousandths of an em. Half of a gap is drawn before the letter, 1.024 times as wide; the
    other half after it, truncated to whole thousandths. Over a line of 80 letters the error would
    be visible.
    """
    before, behind = 0.512, 0.488
    about = int(spacing * behind)
    found = []
    for whole in range(max(about - 1, 0), about + 2):
        lowest, highest = (whole + 0.1) / behind, (whole + 0.9) / behind
        asked = min(max((spacing - whole) / before, lowest), highest)
        found.append((asked, asked * before + whole))
    return min(found, key=lambda each: abs(each[1] - spacing))


def _stretchable(box: Any) -> Iterator[Any]:
    if isinstance(box, boxes.TextBox):
        if _may_stretch(box):
            yield box
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            yield from _stretchable(child)


def _may_stretch(box: Any) -> bool:
    """Whether ``box`` may be widened: list markers in a justified line have ``start``."""
    return box.style["text_align_all"] == "justify"


def _letters(box: Any) -> int:
    return sum(unicodedata.category(character) != "Mn" for character in box.text)
