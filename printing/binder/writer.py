"""Streaming PDF writer, which keeps only the offsets of the objects in memory.

A library that holds the whole document would need memory for half a million objects in a large
ministry. The tests read the output back with two libraries.
"""

import hashlib
import zlib
from array import array
from collections.abc import Iterable
from itertools import chain
from typing import BinaryIO

_FREE, _PLAIN, _PACKED = 0, 1, 2
# Most bytes of an object stream, in which objects without a stream are compressed together.
_PACK = 200_000


def reference(number: int) -> bytes:
    """Return a reference to object ``number``."""
    return b"%d 0 R" % number


def references(numbers: Iterable[int]) -> bytes:
    """Return an array of references to ``numbers``."""
    return b"[" + b" ".join(map(reference, numbers)) + b"]"


def text(value: str) -> bytes:
    """Return ``value`` as a PDF text string."""
    return b"<" + (b"\xfe\xff" + value.encode("utf-16-be")).hex().encode() + b">"


class Writer:
    """Writes objects to ``target``, from its present position on, in the order given."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._position = 0
        self._hash = hashlib.sha256()
        # Per object: its type, its offset or object stream, and its index in that stream.
        self._kinds = array("B", [_FREE])
        self._places = array("Q", [0])
        self._indexes = array("H", [0])
        self._pack: list[tuple[int, bytes]] = []
        self._packed = 0
        self._known: dict[bytes, int] = {}
        self._abandoned: list[range] = []
        self._write(b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n")

    def reserve(self) -> int:
        """Return a number for an object to be added later."""
        self._kinds.append(_FREE)
        self._places.append(0)
        self._indexes.append(0)
        return len(self._kinds) - 1

    def add(self, body: bytes, number: int = 0) -> int:
        """Write an object without a stream, under a reserved ``number`` if given. Return it."""
        number = number or self.reserve()
        self._pack.append((number, body))
        self._packed += len(body)
        if self._packed > _PACK:
            self._flush()
        return number

    def add_stream(
        self, data: bytes, entries: bytes = b"", number: int = 0, *, encoded: bool = False
    ) -> int:
        """Write a stream with the additional ``entries``; compress ``data`` unless ``encoded``."""
        number = number or self.reserve()
        if not encoded:
            data = zlib.compress(data, 9)
            entries += b"/Filter/FlateDecode"
        self._kinds[number] = _PLAIN
        self._places[number] = self._position
        head = b"%d 0 obj\n<<%s/Length %d>>stream\n" % (number, entries, len(data))
        self._write(head, data, b"\nendstream\nendobj\n")
        return number

    def add_once(self, body: bytes) -> int:
        """Write an object unless an identical one exists. Return its number."""
        digest = hashlib.sha256(body).digest()
        if digest not in self._known:
            self._known[digest] = self.add(body)
        return self._known[digest]

    def add_stream_once(self, data: bytes, entries: bytes) -> int:
        """Write an encoded stream unless an identical one exists. Return its number."""
        digest = hashlib.sha256(b"%d " % len(entries) + entries + data).digest()
        if digest not in self._known:
            self._known[digest] = self.add_stream(data, entries, encoded=True)
        return self._known[digest]

    def mark(self) -> int:
        """Return the next object number, for ``abandon``."""
        return len(self._kinds)

    def abandon(self, mark: int) -> None:
        """Mark the numbers reserved since ``mark`` and not written as free."""
        self._abandoned.append(range(mark, len(self._kinds)))

    def close(self, root: int, info: int) -> None:
        """Write the cross-reference stream and the trailer. ``target`` stays open."""
        self._flush()
        for number in chain.from_iterable(self._abandoned):
            if self._kinds[number] == _FREE:
                self.add(b"null", number)
        self._flush()
        number = self.reserve()
        self._kinds[number] = _PLAIN
        self._places[number] = self._position
        identifier = b"<" + self._hash.hexdigest()[:32].encode() + b">"
        start = self._position
        self.add_stream(
            _compressible(self._rows()),
            b"/Type/XRef/Size %d/W[1 5 2]/Root %d 0 R/Info %d 0 R/ID[%s%s]"
            b"/DecodeParms<</Predictor 12/Columns 8>>"
            % (len(self._kinds), root, info, identifier, identifier),
            number,
        )
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _rows(self) -> Iterable[bytes]:
        yield b"\0" * 6 + b"\xff\xff"
        for number in range(1, len(self._kinds)):
            if self._kinds[number] == _FREE:
                raise ValueError(f"object {number} was reserved and never written")
            yield (
                self._kinds[number].to_bytes(1)
                + self._places[number].to_bytes(5)
                + self._indexes[number].to_bytes(2)
            )

    def _flush(self) -> None:
        if not self._pack:
            return
        pack = self.reserve()
        offset, heads, bodies = 0, [], []
        for index, (number, body) in enumerate(self._pack):
            self._kinds[number], self._places[number] = _PACKED, pack
            self._indexes[number] = index
            heads.append(b"%d %d" % (number, offset))
            bodies.append(body)
            offset += len(body) + 1
        head = b" ".join(heads) + b"\n"
        entries = b"/Type/ObjStm/N %d/First %d" % (len(self._pack), len(head))
        self._pack, self._packed = [], 0
        self.add_stream(head + b"\n".join(bodies), entries, pack)

    def _write(self, *pieces: bytes) -> None:
        for piece in pieces:
            self._target.write(piece)
            self._hash.update(piece)
            self._position += len(piece)


def _compressible(rows: Iterable[bytes]) -> bytes:
    """Return ``rows`` encoded with the PNG predictor Up, for better compression."""
    written, above = bytearray(), bytes(8)
    for row in rows:
        written.append(2)
        written += bytes((new - old) & 255 for new, old in zip(row, above, strict=True))
        above = row
    return bytes(written)
