"""Text folding: maps different spellings of the same text to one key, for search and matching.

It is in ``core`` because names are compared as well as texts. Folded text is never displayed.
"""

import re
import unicodedata

import jaconv

_LOOK_ALIKE = str.maketrans(
    {
        # Dashes, including the long vowel mark, which is often typed instead of one
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
# Variant kanji of names: old and new forms, or forms used only in names
_NAME_SHAPES = str.maketrans(
    "髙﨑德濵邉邊齊齋澤廣瀨栁嶋嶌櫻惠眞國學龍壽榮", "高崎徳浜辺辺斉斎沢広瀬柳島島桜恵真国学竜寿栄"
)
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]+")


def fold_look_alikes(text: str) -> str:
    """Return ``text`` with look-alike signs unified and width normalized; case is preserved.

    Compatibility ideographs and variants of a kanji become its ordinary form.
    """
    # Signs first: NFKC decomposes some of them
    folded = _SELECTORS.sub("", text).translate(_LOOK_ALIKE)
    return unicodedata.normalize("NFKC", folded).translate(_LOOK_ALIKE)


def fold_for_search(text: str) -> str:
    """Return ``text`` folded for search: signs, case, kana and variant kanji are unified."""
    folded = jaconv.kata2hira(fold_look_alikes(text).casefold())
    return folded.translate(_NAME_SHAPES)


def name_key(name: str) -> str:
    """Return the key of ``name``: equal for spellings that differ in width, case, signs, blanks."""
    return "".join(fold_look_alikes(name).casefold().split())


def loose_name_key(name: str) -> str:
    """Return the loose key of ``name``, its folded letters and digits: equal for likely matches."""
    return "".join(filter(str.isalnum, fold_for_search(name)))
