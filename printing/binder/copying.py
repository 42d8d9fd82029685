"""Objects of a part, written into the booklet under new numbers."""

import re
from decimal import Decimal

from pikepdf import Dictionary, Name, Object, Pdf, Stream

from printing.binder.font_set import FontSet
from printing.binder.writer import Writer, reference

# What an object is written in: texts, which may look like references, and references.
_REFERENCE = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f]*>|(\d+) (\d+) R\b", re.DOTALL)
# They lead back to the whole part.
_WHOLE = frozenset({"/Catalog", "/Pages", "/StructTreeRoot", "/StructElem"})

Place = tuple[int, int]


class Copier:
    """Copies objects of ``pdf``; what several parts have alike is written once.

    ``fonts``: those of the booklet, or None, where the part keeps its own.
    """

    def __init__(self, pdf: Pdf, writer: Writer, fonts: FontSet | None) -> None:
        self._pdf = pdf
        self._writer = writer
        self._fonts = fonts
        self._numbers: dict[Place, int] = {}

    def know(self, source: Object, number: int) -> None:
        """Have references to ``source`` lead to object ``number``, which somebody else writes."""
        self._numbers[source.objgen] = number

    def body(self, value: object) -> bytes:
        """Return ``value`` as it is written, what it refers to being copied."""
        if not isinstance(value, Object):
            return _scalar(value)
        if value.is_indirect:
            return reference(self._number(value.objgen))
        return self._renumbered(value.unparse(resolved=True))

    def entries(self, source: Object, without: frozenset[str] = frozenset()) -> bytes:
        """Return what stands in a dictionary, but for the keys ``without``."""
        return b"".join(
            Name(key).unparse() + b" " + self.body(value)
            for key, value in source.items()
            if key not in without
        )

    def resources(self, source: Object, further: bytes) -> int:
        """Copy the resources of a page, with the booklet's fonts, if any, and ``further`` ones."""
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

    def _number(self, place: Place) -> int:
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
