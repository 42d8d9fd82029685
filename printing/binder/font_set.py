"""The fonts of a merged PDF: embedded subsets of the parts, merged if all glyphs agree.

Two parts share a font program if their common glyphs are identical byte by byte. A part printed
before a font update therefore keeps the older program, shared with others of that time. If one
glyph represents different characters in two parts (〜 and ～), they share the program but have
separate font dictionaries, each with its own ToUnicode map.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pikepdf import Name, Object

from printing.binder.font_programs import MergedProgram, Program
from printing.binder.writer import Writer, reference

_RUN = re.compile(rb"(\d+) \[([^\]]*)\]")
_LETTERS = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")
_BLOCK = 100  # entries a block of a CMap may have
_FULL = b"1000"  # the default width of a glyph
_SYSTEM = b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
_OF_A_SUBSET = re.compile(rb"/(?:FontFile[23]|CIDSet) \d+ 0 R")

_TABLE = b"""\
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
%s
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""

# Glyph widths in thousandths of an em, as written in the PDF.
Widths = dict[int, bytes]


@dataclass
class _Font:
    """A font dictionary, with the characters its glyphs represent."""

    number: int
    letters: dict[int, bytes] = field(default_factory=dict)

    def agrees_with(self, letters: dict[int, bytes]) -> bool:
        return all(self.letters.get(glyph, text) == text for glyph, text in letters.items())


@dataclass
class _Face:
    """A merged font program with the font dictionaries that use it.

    ``about``: the other entries of the font descriptor; ``file``: its key for the program.
    """

    name: bytes
    kind: bytes
    file: bytes
    about: bytes
    program: MergedProgram
    widths: Widths
    fonts: list[_Font] = field(default_factory=list)

    def agrees_with(self, program: Program, widths: Widths) -> bool:
        same = all(self.widths.get(glyph, width) == width for glyph, width in widths.items())
        return same and self.program.agrees_with(program)


class FontSet:
    """All fonts of a merged PDF."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._faces: dict[tuple[bytes, ...], list[_Face]] = {}

    def place(self, font: Object) -> int:
        """Merge ``font`` of a part; return the object number of the font to use instead.

        Raises ValueError if the font is not embedded as our printer does.
        """
        if font.get("/Encoding") != Name("/Identity-H"):
            raise ValueError(f"a font of kind {font.get('/Subtype')}")
        letters = _letters(font)
        face = self._face(font.DescendantFonts[0], letters)
        for each in face.fonts:
            if each.agrees_with(letters):
                each.letters |= letters
                return each.number
        face.fonts.append(_Font(self._writer.reserve(), letters))
        return face.fonts[-1].number

    def lettering(self, number: int) -> tuple[dict[str, int], Widths]:
        """Return the glyph id of each character in font ``number``, and the widths."""
        face, font = next(
            (face, font) for face in self._all() for font in face.fonts if font.number == number
        )
        letters = {bytes.fromhex(text.decode()): glyph for glyph, text in font.letters.items()}
        return {text.decode("utf-16-be"): glyph for text, glyph in letters.items()}, face.widths

    def write(self) -> None:
        """Write all fonts."""
        for face in self._all():
            self._write(face)

    def _all(self) -> Iterator[_Face]:
        for alike in self._faces.values():
            yield from alike

    def _face(self, font: Object, letters: dict[int, bytes]) -> _Face:
        descriptor = font.FontDescriptor
        file = "/FontFile2" if "/FontFile2" in descriptor else "/FontFile3"
        widths = dict.fromkeys(letters, _FULL) | _widths(font)
        program = Program(descriptor[file].read_bytes(), widths)
        name, kind = font.BaseFont.unparse(), font.Subtype.unparse()
        alike = self._faces.setdefault((name, kind), [])
        for face in alike:
            if face.agrees_with(program, widths):
                face.program.add(program)
                face.widths |= widths
                return face
        about = _OF_A_SUBSET.sub(b"", descriptor.unparse(resolved=True))
        alike.append(_Face(name, kind, file.encode(), about, MergedProgram(program), widths))
        return alike[-1]

    def _write(self, face: _Face) -> None:
        writer = self._writer
        data = face.program.data()
        length = b"/Length1 %d" % len(data) if face.file == b"/FontFile2" else b"/Subtype/OpenType"
        file = reference(writer.add_stream(data, length))
        descriptor = writer.add(face.about.removesuffix(b">>") + face.file + b" " + file + b">>")
        for font in face.fonts:
            descendant = writer.add(
                b"<</Type/Font/Subtype%s/BaseFont%s%s/CIDToGIDMap/Identity"
                b"/FontDescriptor %s/W[%s]>>"
                % (face.kind, face.name, _SYSTEM, reference(descriptor), _run(font, face.widths))
            )
            letters = writer.add_stream(_table(font.letters))
            writer.add(
                b"<</Type/Font/Subtype/Type0/BaseFont%s/Encoding/Identity-H"
                b"/DescendantFonts[%s]/ToUnicode %s>>"
                % (face.name, reference(descendant), reference(letters)),
                font.number,
            )


def _letters(font: Object) -> dict[int, bytes]:
    """Return the character of each glyph, in hexadecimal UTF-16."""
    return {int(glyph, 16): text for glyph, text in _LETTERS.findall(font.ToUnicode.read_bytes())}


def _widths(font: Object) -> Widths:
    widths = {}
    for first, run in _RUN.findall(font.W.unparse(resolved=True)[1:]):
        for glyph, width in enumerate(run.split(), int(first)):
            widths[glyph] = width
    return widths


def _run(font: _Font, widths: Widths) -> bytes:
    return b" ".join(b"%d[%s]" % (each, widths[each]) for each in sorted(font.letters))


def _table(letters: dict[int, bytes]) -> bytes:
    """Return the ToUnicode CMap, by which text is searched and copied."""
    lines = [b"<%04x> <%s>" % pair for pair in sorted(letters.items())]
    blocks = [lines[at : at + _BLOCK] for at in range(0, len(lines), _BLOCK)]
    listed = b"\n".join(
        b"%d beginbfchar\n%s\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks
    )
    return _TABLE % listed
