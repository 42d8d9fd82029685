"""Text cleaning, applied to the input of every form, import, paste and drop.

It is in ``core`` because names are cleaned as well as texts. ``static/js/paste/cleaning.js`` does
the same in the browser, so that people see what will be stored.
"""

import re
import unicodedata
from collections import defaultdict

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800]")
# Control characters, lone surrogates, noncharacters and default ignorable code points, except the
# tab and the variation selectors of kanji
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0"
    "\ufff0-\ufffc\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
_KANGXI = re.compile("[\u2f00-\u2fd5]+")
# The Japanese kanji for the radicals from U+2E80 on, in order; U+2E9A is unassigned
_RADICALS = dict(
    enumerate(
        "冫厂乛乚乙亻冂几刀刂卜㔾小小兀尣尢尢巳幺彑彐忄㣺扌攵\u2e9a旡日月歺母民氵氺灬爫爫丬牛犭王"
        "疋罒示礻竹糹糸罓罒㓁㓁网羊羊羋耂肀聿月臼艹艹艹虎衤覀西見角角言貝足車辶辶辶阝金長镸長門阝"
        "阝雨青韋頁風飛食食飠飠首馬骨鬼魚鳥鹵麦黄黽斉斉歯歯竜竜龜亀亀",
        start=0x2E80,
    )
)
_KANJI = (
    "\u3400-\u4dbf\u4e00-\u9fff\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27-\ufa29"
    "\U00020000-\U0002f7ff\U00030000-\U0003ffff"
)
_SELECTED = re.compile(f"([{_KANJI}]?)([\ufe00-\ufe0f\U000e0100-\U000e01ef]+)")
_HALF_WIDTH_KANA = re.compile("[\uff61-\uff9f]+")
# NFC would replace these with other characters, which would alter people's names
_COMPATIBILITY = (range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))
_NORMALIZED = re.compile("[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")


def clean(text: str) -> str:
    """Return ``text`` normalized: LF line ends, no invisible characters, full-width kana, NFC.

    Radicals that look like kanji become kanji. Characters of names are preserved: compatibility
    ideographs (神, U+FA19), and kanji with a variation selector. Linear in time and idempotent.
    """
    text = _SPACES.sub(" ", _LINE_ENDS.sub("\n", text))
    text = _INVISIBLE.sub("", text).translate(_RADICALS)
    text = _KANGXI.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = _SELECTED.sub(_variant, text)
    text = _HALF_WIDTH_KANA.sub(_full_width, text)
    return _NORMALIZED.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)


def clean_line(text: str) -> str:
    """Return ``text`` cleaned and stripped, on one line, as names are stored."""
    return re.sub(r"[\n\t]+", " ", clean(text)).strip(" \u3000")


def _variant(found: re.Match[str]) -> str:
    """Return a kanji with its variation selector; drop a selector after any other character."""
    kanji, selector = found[1], found[2][0]
    if kanji and selector >= "\U000e0100":
        return kanji + selector
    return _STANDARDIZED.get(kanji + selector, kanji)


def _full_width(found: re.Match[str]) -> str:
    """Return half-width kana as full-width; a lone voicing mark stays a separate character."""
    kana = unicodedata.normalize("NFKC", found[0])
    return kana.replace("\u3099", "\u309b").replace("\u309a", "\u309c")


def _standardized_variants() -> dict[str, str]:
    """Return each compatibility ideograph by the equivalent kanji with variation selector.

    Unicode assigned the selectors from U+FE00 on in the order of the ideographs.
    """
    shapes: dict[str, list[str]] = defaultdict(list)
    for letter in (chr(code) for codes in _COMPATIBILITY for code in codes):
        if (kanji := unicodedata.normalize("NFC", letter)) != letter:
            shapes[kanji].append(letter)
    return {
        kanji + chr(0xFE00 + place): letter
        for kanji, letters in shapes.items()
        for place, letter in enumerate(letters)
    }


_STANDARDIZED = _standardized_variants()
