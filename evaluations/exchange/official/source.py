"""Splitting the raw text into segments: cells and lines, with their line numbers."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from core.cleaning import clean
from evaluations.exchange.official.sheet import OfficialTextError


class Break(Enum):
    """What parts a segment from the one before it."""

    TAB = "tab"
    LINE = "line"
    PARAGRAPH = "paragraph"  # a tag says so
    PAGE = "page"  # a form feed, or a page number that was taken away
    LABEL = "label"  # the label before it was taken away


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a line between tabs; ``cell`` counts the tabs before it.

    A blank line is a segment without text. Spaces at the left are kept: they are indents.
    """

    line: int
    cell: int
    text: str
    parted_by: Break

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to read."""
        return not self.text.strip()


_PARAGRAPH, _LINE, _PAGE = "\x1e", "\x1f", "\x0c"
_LONGEST = 400_000  # characters; many times the longest sheet
_MOST_CELLS = 20_000
_LIST_ITEM = "\x1d"  # becomes a bullet, unless nothing but another list is in it
_BREAKS = {_PARAGRAPH: Break.PARAGRAPH, _LINE: Break.LINE, _PAGE: Break.PAGE}

# Characters with a meaning to the parser; the others are cleaned at the end
_CHARACTERS = (
    {code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t\f"}
    | dict.fromkeys((0x000B, 0x0085, 0x2028, 0x2029), _LINE)
    # Bullets of symbol fonts come out of a PDF as private characters
    | dict.fromkeys((0xF06C, 0xF06E, 0xF09F, 0xF0A7, 0xF0B7, 0xF0D8), "•")
)
_NOTHING = f" \u3000\t{_LIST_ITEM}"
_BETWEEN_MARKS = re.compile(f"[^{_PARAGRAPH}{_LINE}{_PAGE}{_LIST_ITEM}]+")
_TAG = re.compile(
    r"<(/?)(p|ul|ol|li|br|div|span|b|i|u|s|em|strong|font|a|sup|sub|small|center|h[1-6]|hr|"
    r"table|thead|tbody|tr|td|th)\b([^<>]*)>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


def segments_of(text: str) -> list[Segment]:
    """Return the segments of ``text``; raise OfficialTextError where it is no text at all."""
    _refuse_other_files(text)
    segments = list(_segments(_cleaned(text).split("\n")))
    if len(segments) > _MOST_CELLS:
        message = (
            f"行と欄が{len(segments):,}あり、1枚のシートとしては多すぎます"
            f"（{_MOST_CELLS:,}まで）。1枚ずつのファイルに分けてください。"
        )
        raise OfficialTextError(segments[_MOST_CELLS].line, message)
    return segments


def _refuse_other_files(text: str) -> None:
    if len(text) > _LONGEST:
        message = (
            f"{len(text):,}文字あり、1枚のシートとしては長すぎます（{_LONGEST:,}文字まで）。"
            "1枚ずつのファイルに分けてください。"
        )
        raise OfficialTextError(1, message)
    if not text.strip("\ufeff \u3000\t\r\n\f"):
        raise OfficialTextError(
            1, "ファイルに文字がありません。PDFから取り出したテキストを指定してください。"
        )
    if text.lstrip("\ufeff \r\n").startswith(("%PDF-", "PK\x03\x04")):
        message = (
            "テキストではなく、PDFやWordなどのファイルそのものです。"
            "文字を取り出したテキストを指定してください。"
        )
        raise OfficialTextError(1, message)
    unreadable = sum(1 for c in text if c in "\x00\ufffd" or (c < " " and c not in "\t\n\r\f\v"))
    if unreadable > 10 and unreadable * 20 > len(text):
        message = (
            "文字として読めない部分が多く、シートのテキストではないようです。"
            "文字コード（UTF-8又はShift_JIS）を確かめて指定し直してください。"
        )
        raise OfficialTextError(1, message)


def _cleaned(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CHARACTERS)
    text = _TAG.sub(
        lambda tag: " ".join(tag.group().split("\n")) + "\n" * tag.group().count("\n"), text
    )
    text = "\n".join(map(_without_tags, text.split("\n")))
    text = _ENTITY.sub(_character, text)
    return _BETWEEN_MARKS.sub(lambda found: clean(found.group()), text)


def _without_tags(line: str) -> str:
    """Return ``line`` with its tags as breaks, and the items of its lists as bullets."""
    depth = 0

    def replaced(tag: re.Match[str]) -> str:
        nonlocal depth
        closing, name = tag.group(1), tag.group(2).lower()
        if name in ("ul", "ol"):
            depth = max(0, depth + (-1 if closing else 1))
        if name == "li" and not closing:
            return _PARAGRAPH + "\u3000" * max(0, depth - 1) + _LIST_ITEM
        if name in ("td", "th"):
            return "" if closing else "\t"
        if name == "br":
            return _LINE
        if name in ("b", "i", "u", "s", "em", "strong", "span", "font", "a", "sup", "sub", "small"):
            return ""
        return _PARAGRAPH

    return _TAG.sub(replaced, line)


def _character(entity: re.Match[str]) -> str:
    character = html.unescape(entity.group())
    return " " if character in "\n\r\t\f" else character.translate(_CHARACTERS)


def _segments(lines: list[str]) -> Iterator[Segment]:
    parted_by = Break.LINE
    for number, line in enumerate(lines, 1):
        cell = 0
        parts = re.split(f"([{_PARAGRAPH}{_LINE}{_PAGE}])", line)
        for index, part in enumerate(parts):
            if index % 2:
                # Of several breaks in a row the page's is remembered
                parted_by = parted_by if parted_by is Break.PAGE else _BREAKS[part]
            elif part.strip(_NOTHING) or len(parts) == 1:
                cells = part.replace(_LIST_ITEM, "- ").split("\t")
                for more, text in enumerate(cells):
                    by = Break.TAB if more else parted_by
                    yield Segment(number, cell + more, text.rstrip(), by)
                cell += len(cells) - 1
                parted_by = Break.LINE
