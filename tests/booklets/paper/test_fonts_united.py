"""One set of fonts, and never a wrong glyph or letter."""

import io

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from printing.binder import SourcePdf
from tests.booklets.paper.conftest import differences, pictures_of


def programs(booklet):
    """The embedded programs by the name of their font, and how many fonts are drawn with them."""
    with booklet.opened() as pdf:
        fonts = {
            font.objgen: font
            for page in pdf.pages
            for font in page.Resources.Font.as_dict().values()
        }
        faces = {}
        for font in fonts.values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            faces.setdefault(descriptor.objgen, [str(descriptor.FontFamily), 0])[1] += 1
    return sorted(map(tuple, faces.values()))


def assert_looks_the_same(booklet):
    pictures = [picture for part in booklet.parts for picture in pictures_of(part.pdf)]
    assert differences(pictures, booklet.pictures[booklet.front :]) == []


def test_parts_with_different_letters_share_one_program_for_each_face(booklet_of, part_of):
    booklet = booklet_of(
        part_of("甲", "・井戸を掘り、水を汲む。"),
        part_of("乙", "・鯨は歌い、船は港へ帰る。髙﨑①㈱℃㎡"),
        part_of("丙", "・ABC defg 0123"),
    )
    assert programs(booklet) == [("BIZ UDGothic", 1), ("BIZ UDMincho", 1)]
    assert_looks_the_same(booklet)
    assert len(booklet.data) < sum(len(part.pdf) for part in booklet.parts)


def test_letters_of_another_family_are_united_as_well(booklet_of, part_of):
    booklet = booklet_of(part_of("甲", "・𠮷野"), part_of("乙", "・𠀋夫、𡈽屋"))
    assert ("Noto Serif CJK JP", 1) in programs(booklet)
    assert_looks_the_same(booklet)
    assert ["𠮷野" in text for text in booklet.texts[booklet.front :]] == [True, False]
    assert ["𠀋夫、𡈽屋" in text for text in booklet.texts[booklet.front :]] == [False, True]


def test_a_glyph_that_stands_for_two_letters_keeps_both(booklet_of, part_of):
    """The font draws 𩿎 and 𩿗 with one glyph."""
    parts = [part_of("甲", "・一𩿎二"), part_of("乙", "・一𩿗二"), part_of("丙", "・三𩿎四")]
    booklet = booklet_of(*parts)
    assert ("BIZ UDMincho", 2) in programs(booklet)
    first, second, third = booklet.texts[booklet.front :]
    assert "一𩿎二" in first
    assert "一𩿗二" in second
    assert "三𩿎四" in third
    assert_looks_the_same(booklet)


@pytest.mark.parametrize("letter", ["水", "鬱"])
def test_a_part_printed_with_another_version_of_the_font_keeps_it(booklet_of, part_of, letter):
    today, then = part_of("今", "・水と鬱。"), part_of("昔", "・水と鬱。")
    old = SourcePdf(then.title, then.subtitle, with_another_drawing(then.pdf, letter))
    assert pictures_of(old.pdf)[0].tobytes() != pictures_of(then.pdf)[0].tobytes()
    booklet = booklet_of(today, old, today)
    assert programs(booklet).count(("BIZ UDMincho", 1)) == 2
    assert_looks_the_same(booklet)


def with_another_drawing(pdf: bytes, letter: str) -> bytes:
    """Return ``pdf`` with ``letter`` drawn as the letter と in its Mincho."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for font in opened.pages[0].Resources.Font.as_dict().values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            if descriptor.FontFamily == "BIZ UDMincho":
                program = TTFont(io.BytesIO(descriptor.FontFile2.read_bytes()))
                names = program.getBestCmap()
                program["glyf"][names[ord(letter)]] = program["glyf"][names[ord("と")]]
                changed = io.BytesIO()
                program.save(changed)
                descriptor.FontFile2.write(changed.getvalue())
        written = io.BytesIO()
        opened.save(written)
    return written.getvalue()
