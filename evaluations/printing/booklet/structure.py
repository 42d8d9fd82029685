"""What is read of a part, hung into the structure of the booklet."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Object

from evaluations.printing.booklet.copying import Copier, Place
from evaluations.printing.booklet.writer import Writer, reference

_OURS = frozenset({"/Type", "/S", "/P", "/Pg", "/K", "/ID", "/A"})
_CELLS = frozenset({"/TD", "/TH"})
_BARE = frozenset({"/Type", "/S", "/P", "/Pg", "/K"})


@dataclass
class Holders:
    """Which element holds which content: the pages by number, and the annotations."""

    of_content: dict[int, dict[int, int]] = field(default_factory=dict)
    of_annotations: list[int] = field(default_factory=list)
    ids: list[tuple[bytes, int]] = field(default_factory=list)

    def hold(self, page: int, content: int, element: int) -> None:
        """Note that ``element`` holds the marked content ``content`` of ``page``."""
        self.of_content.setdefault(page, {})[content] = element


class Tree:
    """Copies elements of one part. ``pages``: the new numbers of its pages.

    ``prefix`` sets the names of its elements apart from those of other parts, in their order.
    """

    def __init__(
        self, writer: Writer, copier: Copier, pages: Mapping[Place, int], prefix: bytes
    ) -> None:
        self.holders = Holders()
        self._writer = writer
        self._copier = copier
        self._pages = pages
        self._prefix = prefix
        self._names: dict[bytes, bytes] = {}

    def copy(self, element: Object, parent: int) -> int | None:
        """Write ``element`` below ``parent``. Return its number; None if there is nothing in it.

        A Span that says nothing of its words goes, and so does what is empty, except cells.
        """
        if not _holds(element):
            return None
        number = self._writer.reserve()
        page = self._page(element) or next(self._found(element), 0)
        kids = list(self._kids(element, number, page))
        body = [b"<</S%s/P %s" % (element.S.unparse(), reference(parent))]
        if page:
            body.append(b"/Pg " + reference(page))
        if kids:
            body.append(b"/K " + (kids[0] if len(kids) == 1 else b"[%s]" % b" ".join(kids)))
        if "/ID" in element:
            name = self._name(bytes(element.ID))
            self.holders.ids.append((name, number))
            body.append(b"/ID(%s)" % name)
        if "/A" in element:
            body.append(b"/A " + self._attributes(element.A))
        body += [self._copier.entries(element, _OURS), b">>"]
        self._writer.add(b"".join(body), number)
        return number

    def _kids(self, element: Object, number: int, page: int) -> Iterator[bytes]:
        """Yield what ``element`` holds, noting that ``number``, which stands on ``page``, does."""
        own = self._page(element) or page
        for kid in kids_of(element):
            if isinstance(kid, int):
                yield self._content(kid, own, number, page)
            elif "/MCID" in kid:
                yield self._content(int(kid.MCID), self._page(kid) or own, number, page)
            elif "/Obj" in kid:
                raise ValueError("an annotation in a part")
            elif kid.S == "/Span" and kid.keys() <= _BARE:
                yield from self._kids(kid, number, page)
            elif copied := self.copy(kid, number):
                yield reference(copied)

    def _content(self, content: int, page: int, holder: int, of_holder: int) -> bytes:
        self.holders.hold(page, content, holder)
        if page == of_holder:
            return b"%d" % content
        return b"<</Type/MCR/Pg %s/MCID %d>>" % (reference(page), content)

    def _page(self, element: Object) -> int:
        return self._pages[element.Pg.objgen] if "/Pg" in element else 0

    def _found(self, element: Object) -> Iterator[int]:
        """Yield the pages of what stands in spans of ``element``."""
        for kid in kids_of(element):
            if isinstance(kid, Dictionary) and kid.get("/S") == "/Span" and "/Pg" in kid:
                yield self._page(kid)

    def _attributes(self, attributes: Object) -> bytes:
        if isinstance(attributes, Array):
            return b"[%s]" % b" ".join(self._attributes(each) for each in attributes)
        written = self._copier.entries(attributes, frozenset({"/Headers"}))
        names = [self._name(bytes(each)) for each in attributes.get("/Headers", [])]
        headers = b"/Headers[%s]" % b"".join(b"(%s)" % name for name in names) if names else b""
        return b"<<%s%s>>" % (written, headers)

    def _name(self, name: bytes) -> bytes:
        return self._names.setdefault(name, b"%s-%04d" % (self._prefix, len(self._names)))


def kids_of(element: Object) -> Iterable[Object | int]:
    """Return what an element, or the root of a tree, holds."""
    kids = element.get("/K", ())
    return list(kids) if isinstance(kids, Array) else [kids] if kids != () else []


def contents_of(element: Object, page: Place = (0, 0)) -> Iterator[tuple[Place, int]]:
    """Yield the marked content ``element`` holds, as the page it is on and its number there."""
    page = element.Pg.objgen if "/Pg" in element else page
    for kid in kids_of(element):
        if isinstance(kid, int):
            yield page, kid
        elif "/MCID" in kid:
            yield kid.Pg.objgen if "/Pg" in kid else page, int(kid.MCID)
        else:
            yield from contents_of(kid, page)


def _holds(element: Object) -> bool:
    """Whether there is anything in ``element``, or it keeps the columns of a table in place."""
    return str(element.S) in _CELLS or any(
        isinstance(kid, int) or "/S" not in kid or _holds(kid) for kid in kids_of(element)
    )
