"""Folding: what people type differently and mean alike. One table for search, names and labels.

It stands in the lowest room since names are compared as well as texts. Nothing folded is stored
to be shown.
"""

import re
import unicodedata

import jaconv

_LOOK_ALIKE = str.maketrans(
    {
        # Dashes, the long vowel mark among them, which is often typed for one
        **dict.fromkeys("‐‑‒–—―⁃−─ー", "-"),
        **dict.fromkeys("〜∼〰", "~"),
        **dict.fromkeys("·•‧∙⋅・", "・"),
        **dict.fromkeys("‘’‛′", "'"),
        **dict.fromkeys("“”‟″", '"'),
        "∶": ":",
        "∕": "/",
        "⁄": "/",
        "⋯": "...",
    }
)
# The shapes of the letters of names: old and new, or a name's own
_NAME_SHAPES = str.maketrans(
    "髙﨑德濵邉邊齊齋澤廣瀨栁嶋嶌櫻惠眞國學龍壽榮", "高崎徳浜辺辺斉斎沢広瀬柳島島桜恵真国学竜寿栄"
)
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]+")


def fold_look_alikes(text: str) -> str:
    """Return ``text`` with one sign for those that look alike; width is gone, case stays.

    Compatibility ideographs and variants of a kanji become its ordinary form.
    """
    # Signs first: NFKC takes some of them apart
    folded = _SELECTORS.sub("", text).translate(_LOOK_ALIKE)
    return unicodedata.normalize("NFKC", folded).translate(_LOOK_ALIKE)


def fold_for_search(text: str) -> str:
    """Return ``text`` folded for search: look-alikes, case, kana and shapes of names are alike."""
    folded = jaconv.kata2hira(fold_look_alikes(text).casefold())
    return folded.translate(_NAME_SHAPES)


def name_key(name: str) -> str:
    """Return what two spellings of one name have in common: width, case, signs, no blanks."""
    return "".join(fold_look_alikes(name).casefold().split())


def loose_name_key(name: str) -> str:
    """Return what names likely to be one have in common: their letters and digits, folded."""
    return "".join(filter(str.isalnum, fold_for_search(name)))
