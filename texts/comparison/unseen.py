"""Descriptions of differences that look the same: blanks, width, similar dashes and tildes."""

import unicodedata
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from core.folding import fold_look_alikes
from texts.comparison.pieces import Origin, Piece

# A longer change gets a general description, to keep it short and fast.
LONGEST_NAMED = 100
IN_GENERAL = "全角・半角、空白、記号だけの違い"

_NAMES = {
    " ": "半角空白",
    "\u3000": "全角空白",
    "〜": "波ダッシュ「〜」",
    "～": "全角チルダ「～」",
    "-": "半角ハイフン「-」",
    "ー": "長音符「ー」",
    "−": "マイナス「−」",
    "‐": "ハイフン「‐」",
    "―": "ダッシュ「―」",
}


def unseen_differences(pieces: Iterable[Piece]) -> tuple[str, ...]:
    """Return a description of each change among ``pieces`` that cannot be seen.

    「全角空白→半角空白」「波ダッシュ「〜」→全角チルダ「～」」; what can be seen is not told.
    """
    told = (words for before, after in _changes(pieces) for words in unseen(before, after))
    return tuple(dict.fromkeys(told))


def unseen(before: str, after: str) -> Iterator[str]:
    """Yield in words what differs between two texts that look the same; nothing for others."""
    if before == after or "\n" in before + after or _seen(before) != _seen(after):
        return
    if len(before) + len(after) > LONGEST_NAMED:
        yield IN_GENERAL
        return
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        old, new = _named(before[a:b]), _named(after[c:d])
        if old and new:
            yield f"{old}→{new}"
        else:
            yield f"{old or new}の{'削除' if old else '追加'}"


def _changes(pieces: Iterable[Piece]) -> Iterator[tuple[str, str]]:
    """Yield what was there before and after, for each change."""
    before = after = ""
    for piece in (*pieces, Piece(Origin.BOTH, "")):
        match piece.origin:
            case Origin.FIRST:
                before += piece.text
            case Origin.SECOND:
                after += piece.text
            case _:
                yield before, after
                before = after = ""


def _seen(text: str) -> str:
    """Return what of ``text`` is seen."""
    return "".join(fold_look_alikes(text).split())


def _named(text: str) -> str:
    """Return the characters by name, a name that repeats once."""
    return "・".join(dict.fromkeys(map(_name, text)))


def _name(character: str) -> str:
    if name := _NAMES.get(character):
        return name
    if unicodedata.east_asian_width(character) == "F":
        return f"全角「{character}」"
    if unicodedata.east_asian_width(character) in ("Na", "H"):
        return f"半角「{character}」"
    if unicodedata.category(character) == "Mn":
        return f"異体字の指定（U+{ord(character):04X}）"
    return f"「{character}」（U+{ord(character):04X}）"
