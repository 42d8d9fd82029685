"""Copying of a part's objects into the merged PDF under new numbers."""

import re
from decimal import Decimal

from pikepdf import Dictionary, Name, Object, Pdf, Stream

from printing.binder.font_set import FontSet
from printing.binder.writer import Writer, reference

# Strings, which may look like references, and references.
_REFERENCE = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f]*>|(\d+) (\d+) R\b", re.DOTALL)
# Objects that are not copied, since they refer to the whole part.
_WHOLE = frozenset({"/Catalog", "/Pages", "/StructTreeRoot", "/StructElem"})

ObjGen = tuple[int, int]


class Copier:
    """Copies objects of ``pdf``; objects that several parts have in common are written once.

    ``fonts`` are the merged fonts, or None if the part keeps its own.
    """

    def __init__(self, pdf: Pdf, writer: Writer, fonts: FontSet | None) -> None:
        self._pdf = pdf
        self._writer = writer
        self._fonts = fonts
        self._numbers: dict[ObjGen, int] = {}

    def know(self, source: Object, number: int) -> None:
        """Map references to ``source`` to object ``number``, which the caller writes."""
        self._numbers[source.objgen] = number

    def body(self, value: object) -> bytes:
        """Return ``value`` serialized, and copy the objects it refers to."""
        if not isinstance(value, Object):
            return _scalar(value)
        if value.is_indirect:
            return reference(self._number(value.objgen))
        return self._renumbered(value.unparse(resolved=True))

    def entries(self, source: Object, without: frozenset[str] = frozenset()) -> bytes:
        """Return the entries of a dictionary serialized, except the keys ``without``."""
        return b"".join(
            Name(key).unparse() + b" " + self.body(value)
            for key, value in source.items()
            if key not in without
        )

    def resources(self, source: Object, further: bytes) -> int:
        """Copy the resources of a page, with the merged fonts, if any, and ``further`` entries."""
        fonts = source.get("/Font", Dictionary())
        if self._fonts:
            for font in fonts.values():
                if font.objgen not in self._numbers:
                    self.know(font, self._fonts.place(font))
        named = b"".join(
            Name(key).unparse() + b" " + self.body(font) for key, font in fonts.items()
        )
        rest = self.entries(source, frozenset({"/Font"}))
        return self._writer.add_once(b"<<%s/Font<<%s%s>>>>" % (rest, named, further))

    def _renumbered(self, written: bytes) -> bytes:
        def renumber(match: re.Match[bytes]) -> bytes:
            if match[1] is None:
                return match[0]
            return reference(self._number((int(match[1]), int(match[2]))))

        return _REFERENCE.sub(renumber, written)

    def _number(self, place: ObjGen) -> int:
        if place not in self._numbers:
            self._numbers[place] = self._copy(self._pdf.get_object(place))
        return self._numbers[place]

    def _copy(self, source: Object) -> int:
        if isinstance(source, Stream):
            entries = self.entries(source.stream_dict, frozenset({"/Length"}))
            return self._writer.add_stream_once(source.read_raw_bytes(), entries)
        if isinstance(source, Dictionary) and str(source.get("/Type")) in _WHOLE:
            raise ValueError(f"a reference to {source.get('/Type')}")
        return self._writer.add_once(self._renumbered(source.unparse(resolved=True)))


def _scalar(value: object) -> bytes:
    match value:
        case bool():
            return b"true" if value else b"false"
        case None:
            return b"null"
        case int() | Decimal():
            return str(value).encode()
    raise TypeError(type(value).__name__)
