"""Lines set flush on both sides as Word sets Japanese: the slack goes between all letters.

WeasyPrint stretches ASCII spaces only: a lone space becomes a hole, a line without one stays
short. This replaces its justification of a line, which is no public interface; hence only the
versions in ``versions`` are accepted.

Importing this module imports WeasyPrint, which takes half a second.
"""

import unicodedata
from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

WIDEST_GAP = 0.5  # ems


def install() -> None:
    """Put our justification in place of WeasyPrint's, in this process, for good."""
    inline.justify_line = justify_line


def justify_line(context: Any, line: Any, slack: float) -> None:
    """Widen ``line`` by ``slack`` px, evenly between its letters. Changes it in place.

    A few words before a very long one stay as they are: letters far apart read as holes.
    """
    gaps = sum(map(_letters, _stretchable(line))) - 1
    if gaps > 0 and slack / gaps <= WIDEST_GAP * line.style["font_size"]:
        _spread(line, slack / gaps, 0)


def _spread(box: Any, spacing: float, shift: float) -> float:
    """Move ``box`` right by ``shift``, widen it, and return the shift of what follows."""
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
    """Return the spacing to ask for to come closest to ``spacing``, and what is drawn of it.

    All in thousandths of an em. Of a gap, half goes before the letter, and is drawn 1.024 times
    as wide; the rest goes behind it, in whole thousandths, cut off. Over a line of 80 letters
    that would add up to a letter's edge.
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
    """Markers say ``text-align: start`` inside a justified line, and keep their width."""
    return box.style["text_align_all"] == "justify"


def _letters(box: Any) -> int:
    return sum(unicodedata.category(character) != "Mn" for character in box.text)
