"""Finding the edition of a text by its title."""

import re
from collections.abc import Sequence

from editions.definition import Definition
from evaluations.exchange.official.fold import fold
from evaluations.exchange.official.sheet import Doubts, OfficialTextError, shortened
from evaluations.exchange.official.source import Segment

_TITLE_LINES = 3  # over how many lines a title may be broken
_YEAR_TITLE = re.compile(
    r"(?:昭和|平成|令和|[SHR]|西暦)?[\d元]{1,4}年?(?:\(.{1,8}\))?年?度.{0,20}シ-ト.{0,10}"
)
_PAGE = re.compile(
    r"\(?(?:続き?|つづき)?\)?[-(]*(?:p\.?|page)?(?:\d{1,3}(?:[/~]\d{1,3})?)?(?:頁|ペ-ジ)?[-)]*",
    re.IGNORECASE,
)


def find_title(
    segments: Sequence[Segment], editions: Sequence[Definition], doubts: Doubts
) -> tuple[Definition, range]:
    """Return the edition whose title comes first, and the range of the title in ``segments``.

    Raise OfficialTextError where no edition's title is found, naming the year that is.
    """
    folded = [fold(segment.text) for segment in segments]
    by_length = sorted(editions, key=lambda each: -len(each.title))
    for start in range(len(segments)):
        for edition in by_length:
            end = _whole(folded, start, fold(edition.title))
            if end:
                return edition, range(start, end)
    for start, text in enumerate(folded):
        for edition in by_length:
            # Text beside the title is accepted up to a length, to exclude tables
            if fold(edition.title) in text and len(text) <= len(fold(edition.title)) + 60:
                message = (
                    f"表題「{edition.title}」と同じ行に「{segments[start].text.strip()}」と"
                    "ほかの文字があります。要らない文字か確かめてください。"
                )
                doubts.note(segments[start].line, "", message)
                return edition, range(start, start + 1)
    raise OfficialTextError(*_not_found(segments, folded, editions))


def is_title(segment: Segment, edition: Definition, beside: str) -> bool:
    """Whether ``segment`` repeats the title: alone, with a page number, or with ``beside``."""
    text = fold(segment.text)
    title = fold(edition.title)
    if not text.startswith(title):
        return False
    rest = text[len(title) :]
    return bool(_PAGE.fullmatch(rest)) or (
        bool(beside) and rest.strip("()") == fold(beside).strip("()")
    )


def _whole(folded: list[str], start: int, title: str) -> int:
    """Return the index after the title that begins at ``start`` and fills its lines, or 0."""
    text = ""
    for end in range(start, min(start + _TITLE_LINES, len(folded))):
        if not folded[end] and not text:
            return 0
        text += folded[end]
        if text == title and title:
            return end + 1
        if not title.startswith(text):
            return 0
    return 0


def _not_found(
    segments: Sequence[Segment], folded: list[str], editions: Sequence[Definition]
) -> tuple[int, str]:
    known = "・".join(f"「{edition.title}」" for edition in editions)
    if not known:
        return 1, "様式が1つも登録されていません。様式を登録してから読み込んでください。"
    for segment, text in zip(segments, folded, strict=True):
        if _YEAR_TITLE.fullmatch(text):
            return segment.line, (
                f"「{shortened(segment.text.strip())}」とありますが、この年度の様式がありません"
                f"（登録済みは{known}）。様式を登録するか、ファイルを確かめてください。"
            )
    return 1, (
        f"1行目から{known}という表題を探しましたが、見つかりません。"
        "評価シートのテキストか、表題の行が落ちていないかを確かめてください。"
    )
