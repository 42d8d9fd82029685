"""The letters of Japanese names and the signs of offices are on the page, and in its text."""

import re
import unicodedata

ROWS = range(0xA1, 0xFF)


def kanji_of_jis_x_0213() -> str:
    codes = [plane + bytes((a, b)) for plane in (b"", b"\x8f") for a in ROWS for b in ROWS]
    letters = dict.fromkeys("".join(code.decode("euc_jisx0213", "ignore") for code in codes))
    return "".join(each for each in letters if unicodedata.name(each, "").startswith("CJK UNIFIED"))


def test_every_kanji_of_jis_x_0213_is_printed_and_read_back(make, render, pages_of):
    kanji = kanji_of_jis_x_0213()
    assert len(kanji) > 10_000
    lines = "\n".join(kanji[start : start + 1000] for start in range(0, len(kanji), 1000))
    pages = pages_of(render(make.sheet(make.row("欄", make.text(lines)))))
    printed = "".join(re.sub(r"\d+$", "", page) for page in pages)
    assert kanji in printed


def test_the_signs_of_offices_are_printed_as_they_are(make, render, pages_of):
    signs = "髙﨑①⑳㈱～℃㎡№℡Ⅳⅻ〒々〆ヶ‰㌫é"
    (page,) = pages_of(render(make.sheet(make.row("欄", make.text(signs)))))
    assert signs in page
