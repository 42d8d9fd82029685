"""Removing page furniture: page numbers and running titles."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from editions.definition import Definition
from evaluations.exchange.official.fold import figures, fold
from evaluations.exchange.official.sheet import Doubts
from evaluations.exchange.official.source import Break, Segment
from evaluations.exchange.official.title import is_title

_DECORATED = re.compile(
    r"-+\d{1,4}-+|(?:p\.?|page)\d{1,4}(?:(?:/|of)\d{1,4})?|\d{1,4}(?:頁|ペ-ジ)|"
    r"(?P<page>\d{1,3})/(?P<of>\d{1,3})",
    re.IGNORECASE,
)
_BARE = re.compile(r"\d{1,4}")


def without_furniture(segments: Sequence[Segment], edition: Definition) -> list[Segment]:
    """Return ``segments`` with the sure furniture made blank, so that it parts pages.

    A bare number is sure only beside a form feed: it might be a figure.
    """
    kept = []
    for index, segment in enumerate(segments):
        alone = _is_alone(segments, index)
        if alone and (
            _is_page(segment.text)
            or (_BARE.fullmatch(figures(segment.text)) and _is_beside_page_break(segments, index))
            or is_title(segment, edition, "")
        ):
            segment = replace(segment, text="", parted_by=Break.PAGE)
        kept.append(segment)
    return kept


def bare_number(segment: Segment) -> int | None:
    """Return the number that is all of ``segment``, where it could be a page's."""
    text = figures(segment.text)
    return int(text) if _BARE.fullmatch(text) and not segment.text.startswith("\t") else None


def _is_page(text: str) -> bool:
    match = _DECORATED.fullmatch(fold(text))
    if not match:
        return False
    return not match["page"] or 1 <= int(match["page"]) <= int(match["of"])


def _is_alone(segments: Sequence[Segment], index: int) -> bool:
    """Whether the line of the segment has no other cell with text."""
    line = segments[index].line
    before = index and segments[index - 1]
    after = index + 1 < len(segments) and segments[index + 1]
    return not (
        segments[index].is_blank
        or (segments[index].cell and before and before.line == line and not before.is_blank)
        or (after and after.parted_by is Break.TAB and not after.is_blank)
    )


def _is_beside_page_break(segments: Sequence[Segment], index: int) -> bool:
    """Whether a page ends or begins here, blank lines aside."""
    if segments[index].parted_by is Break.PAGE:
        return True
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(segments):
            page = segments[at].parted_by is Break.PAGE
            if page and (step == 1 or segments[at].is_blank):
                return True
            if not segments[at].is_blank:
                break
            at += step
    return False


def without_page_numbers(
    placed: Sequence[tuple[str, Segment]],
    tables: Collection[str],
    edition: Definition,
    contribution_name: str,
    doubts: Doubts,
) -> dict[str, list[Segment]]:
    """Return the segments by item key, without bare page numbers and running titles.

    Outside ``tables``, a bare number between blank lines, or the one expected next, is a page's.
    """
    kept: dict[str, list[Segment]] = defaultdict(list)
    last = 0
    for index, (key, segment) in enumerate(placed):
        number = None if key in tables or segment.cell else bare_number(segment)
        if number is not None and kept[key]:
            before = placed[index - 1][1].is_blank
            after = index + 1 == len(placed) or placed[index + 1][1].is_blank
            expected = number == last + 1 or (not last and number == 2)
            if (expected and (before or after)) or (before and after):
                last = number
                segment = replace(segment, text="", parted_by=Break.PAGE)
            elif expected:
                message = (
                    f"「{number}」だけの行を本文の一部とみました。ページ番号でないか"
                    "確かめてください。"
                )
                doubts.note(segment.line, key, message)
        elif is_title(segment, edition, contribution_name):
            segment = replace(segment, text="", parted_by=Break.PAGE)
        kept[key].append(segment)
    return kept
