"""Embedded font programs, and merging of several subsets of one font.

WeasyPrint keeps the glyph ids in its subsets, so that subsets of one font differ only in the set
of glyphs. Glyphs are compared as bytes: outline, advance, components and, in CFF, hints.
Components have different ids in each subset, and are compared by their own outlines.
"""

import io
import struct
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.ttLib.tables.DefaultTable import DefaultTable  # type: ignore[import-untyped]

# Tables needed for drawing; the others are for layout. CFF needs a cmap as well.
_KEPT = frozenset({"head", "hhea", "maxp", "hmtx", "loca", "glyf", "cvt ", "fpgm", "prep", "CFF "})
# Flags of the components of a TrueType glyph.
_WORDS, _SCALE, _MORE, _TWO_SCALES, _MATRIX = 0x1, 0x8, 0x20, 0x40, 0x80
_HEADER = 10
_COMPOSITE = 0x80  # the sign bit: composite glyphs have a negative number of contours
_NOTHING = bytes(4)


class Glyph(NamedTuple):
    """A glyph, comparable across subsets.

    ``metric``: advance and left side bearing; ``parts``: components in order, whose ids are zero
    in ``outline``; ``hints``: the CFF private dictionary.
    """

    outline: bytes
    metric: bytes
    parts: tuple["Glyph", ...] = ()
    hints: str = ""


class Program:
    """An embedded font program. ``used``: the ids of the glyphs its part draws."""

    def __init__(self, data: bytes, used: Iterable[int]) -> None:
        self.data = data
        self._used = sorted(used)
        self._font = self.opened()

    def opened(self) -> Any:
        """Return the program as a fontTools ``TTFont``."""
        data = io.BytesIO(self.data)
        return TTFont(data, lazy=True, recalcBBoxes=False, recalcTimestamp=False)

    @cached_property
    def common(self) -> tuple[object, ...]:
        """Font-wide values, identical in all subsets of one version of a font."""
        head = self.table("head")
        hints = tuple(self.table(tag) for tag in ("cvt ", "fpgm", "prep"))
        # Version, revision and units per em; ascent and descent.
        return (self.is_truetype, head[:8], head[18:20], self.table("hhea")[:10], *hints)

    @property
    def is_truetype(self) -> bool:
        """Whether the outlines are TrueType, otherwise CFF."""
        return "glyf" in self._font.reader.tables

    def table(self, tag: str) -> bytes:
        """Return the raw bytes of a table; empty if there is none."""
        reader = self._font.reader
        return bytes(reader[tag]) if tag in reader.tables else b""

    @cached_property
    def size(self) -> int:
        """The number of glyphs, including empty ones."""
        return int.from_bytes(self.table("maxp")[4:6])

    @cached_property
    def is_whole(self) -> bool:
        """Whether all used glyphs are present."""
        return not self._used or self._used[-1] < self.size

    @cached_property
    def glyphs(self) -> dict[int, Glyph]:
        """The used glyphs that are present, by id."""
        draw = self._truetype() if self.is_truetype else self._cff()
        return {number: draw(number) for number in self._used if number < self.size}

    def metric(self, number: int) -> bytes:
        """Return the advance and left side bearing of a glyph."""
        table, long = self._metrics
        if number < long:
            return table[4 * number : 4 * number + 4]
        edge = 4 * long + 2 * (number - long)
        return table[4 * long - 4 : 4 * long - 2] + table[edge : edge + 2]

    @cached_property
    def _metrics(self) -> tuple[bytes, int]:
        return self.table("hmtx"), int.from_bytes(self.table("hhea")[34:36])

    def _truetype(self) -> Any:
        outlines, (places, unit) = self.table("glyf"), self._places()

        def draw(number: int) -> Glyph:
            outline = outlines[unit * places[number] : unit * places[number + 1]]
            if len(outline) % 4:
                # Some subsets pad outlines to an even length; we pad all to four bytes.
                outline += bytes(-len(outline) % 4)
            if not outline or outline[0] < _COMPOSITE:
                return Glyph(outline, self.metric(number))
            parts = [draw(int.from_bytes(outline[at : at + 2])) for at in parts_in(outline)]
            nameless = renamed(outline, [0] * len(parts))
            return Glyph(nameless, self.metric(number), tuple(parts))

        return draw

    def _places(self) -> tuple[Sequence[int], int]:
        """Return the ``loca`` offsets, and their unit in bytes."""
        is_long = self.table("head")[51]
        places = array("I" if is_long else "H", self.table("loca"))
        places.byteswap()
        return places, 1 if is_long else 2

    def _cff(self) -> Any:
        top = self._font["CFF "].cff[0]

        def draw(number: int) -> Glyph:
            which = top.FDSelect[number] if hasattr(top, "FDSelect") else 0
            private = (top.FDArray[which] if hasattr(top, "FDArray") else top).Private
            outline = bytes(top.CharStrings.charStringsIndex[number].bytecode)
            hints = f"{which} {sorted(private.rawDict.items(), key=str)}"
            return Glyph(outline, self.metric(number), hints=hints)

        return draw


class MergedProgram:
    """A font program merged from subsets. It keeps the largest subset, and all glyphs."""

    def __init__(self, first: Program) -> None:
        self._largest = first
        self._limits = first.table("maxp")
        self._is_alone = True
        self._is_whole = first.is_whole
        self.common = first.common
        self.glyphs = dict(first.glyphs)

    def agrees_with(self, program: Program) -> bool:
        """Whether common glyphs are identical, and no used glyph is missing."""
        return (
            self._is_whole
            and program.is_whole
            and program.common == self.common
            and all(self.glyphs.get(each, glyph) == glyph for each, glyph in program.glyphs.items())
        )

    def add(self, program: Program) -> None:
        """Add the glyphs of ``program``, with which this agrees."""
        if program.data == self._largest.data:
            return
        # What may fail comes first, so that the merge is all or nothing.
        self._limits = _larger(self._limits, program.table("maxp"))
        self._is_alone = False
        self.glyphs |= program.glyphs
        if program.size > self._largest.size:
            self._largest = program

    def data(self) -> bytes:
        """Return the program."""
        if self._is_alone:
            return self._largest.data
        return self._truetype() if self._largest.is_truetype else self._cff()

    def _truetype(self) -> bytes:
        glyphs, numbers = dict(self.glyphs), dict[Glyph, int]()
        # Components are written after the glyphs.
        for glyph in self.glyphs.values():
            for part in _below(glyph):
                if part not in numbers:
                    numbers[part] = max(glyphs) + 1
                    glyphs[numbers[part]] = part
        outlines, places, metrics = bytearray(), array("I", [0]), bytearray()
        for number in range(max(glyphs) + 1):
            glyph = glyphs.get(number) or Glyph(b"", _NOTHING)
            outline = renamed(glyph.outline, [numbers[part] for part in glyph.parts])
            outlines += outline
            metrics += glyph.metric
            places.append(len(outlines))
        places.byteswap()
        head, size = bytearray(self._largest.table("head")), struct.pack(">H", max(glyphs) + 1)
        head[50:52] = b"\0\1"  # long loca format
        return self._saved(
            {
                "glyf": bytes(outlines),
                "loca": places.tobytes(),
                "hmtx": bytes(metrics),
                "head": bytes(head),
                "hhea": self._largest.table("hhea")[:34] + size,
                "maxp": self._limits[:4] + size + self._limits[6:],
            }
        )

    def _cff(self) -> bytes:
        font, largest = self._largest.opened(), self._largest
        index = font["CFF "].cff[0].CharStrings.charStringsIndex
        for number, glyph in self.glyphs.items():
            index[number].setBytecode(glyph.outline)
        metrics = b"".join(
            self.glyphs[number].metric if number in self.glyphs else largest.metric(number)
            for number in range(largest.size)
        )
        hhea = largest.table("hhea")[:34] + struct.pack(">H", largest.size)
        return self._saved({"hmtx": metrics, "hhea": hhea}, font)

    def _saved(self, tables: dict[str, bytes], font: Any = None) -> bytes:
        font = font or self._largest.opened()
        kept = _KEPT if self._largest.is_truetype else _KEPT | {"cmap"}
        for tag in set(font.reader.keys()) - kept:
            del font[tag]
        for tag, data in tables.items():
            font[tag] = DefaultTable(tag)
            font[tag].data = data
        written = io.BytesIO()
        font.save(written, reorderTables=None)
        return written.getvalue()


def parts_in(outline: bytes) -> Iterator[int]:
    """Yield the offsets of the component ids in the ``outline`` of a composite glyph."""
    at, flags = _HEADER, _MORE
    while flags & _MORE:
        flags = int.from_bytes(outline[at : at + 2])
        yield at + 2
        at += 8 if flags & _WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0


def renamed(outline: bytes, numbers: list[int]) -> bytes:
    """Return ``outline`` with ``numbers`` as component ids."""
    if not numbers:
        return outline
    changed = bytearray(outline)
    for at, number in zip(parts_in(outline), numbers, strict=True):
        changed[at : at + 2] = struct.pack(">H", number)
    return bytes(changed)


def _below(glyph: Glyph) -> Iterator[Glyph]:
    for part in glyph.parts:
        yield part
        yield from _below(part)


def _larger(one: bytes, other: bytes) -> bytes:
    """Return a ``maxp`` table with the maximum of both; CFF has no maxima."""
    limits = zip(_limits(one), _limits(other), strict=True)
    return one[:4] + struct.pack(f">{len(_limits(one))}H", *map(max, limits))


def _limits(table: bytes) -> tuple[int, ...]:
    return struct.unpack(f">{(len(table) - 4) // 2}H", table[4:])
