"""Copying of a part's structure tree into that of the merged PDF."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Object

from printing.binder.copying import Copier, ObjGen
from printing.binder.writer import Writer, reference

_REPLACED_KEYS = frozenset({"/Type", "/S", "/P", "/Pg", "/K", "/ID", "/A"})
_CELLS = frozenset({"/TD", "/TH"})
_BARE = frozenset({"/Type", "/S", "/P", "/Pg", "/K"})


@dataclass
class ContentHolders:
    """The parent tree: which element contains which marked content and annotations."""

    of_content: dict[int, dict[int, int]] = field(default_factory=dict)
    of_annotations: list[int] = field(default_factory=list)
    ids: list[tuple[bytes, int]] = field(default_factory=list)

    def hold(self, page: int, content: int, element: int) -> None:
        """Record that ``element`` contains the marked content ``content`` of ``page``."""
        self.of_content.setdefault(page, {})[content] = element


class StructureCopier:
    """Copies the structure elements of one part. ``pages``: object numbers of its new pages.

    ``prefix`` makes the ids of its elements unique, and keeps them in the order of the parts.
    """

    def __init__(
        self, writer: Writer, copier: Copier, pages: Mapping[ObjGen, int], prefix: bytes
    ) -> None:
        self.holders = ContentHolders()
        self._writer = writer
        self._copier = copier
        self._pages = pages
        self._prefix = prefix
        self._names: dict[bytes, bytes] = {}

    def copy(self, element: Object, parent: int) -> int | None:
        """Write ``element`` below ``parent``. Return its object number; None if it is empty.

        Spans without attributes and empty elements, except cells, are dropped.
        """
        said = dict(element.items())
        inside = kids_of(element)
        if not inside and str(said["/S"]) not in _CELLS:
            return None
        number = self._writer.reserve()
        page = self._page(said) or self._page_inside(inside)
        kids = list(self._kids(inside, self._page(said), number, page))
        body = [b"<</S%s/P %s" % (said["/S"].unparse(), reference(parent))]
        if page:
            body.append(b"/Pg " + reference(page))
        if kids:
            body.append(b"/K " + (kids[0] if len(kids) == 1 else b"[%s]" % b" ".join(kids)))
        if "/ID" in said:
            name = self._name(bytes(said["/ID"]))
            self.holders.ids.append((name, number))
            body.append(b"/ID(%s)" % name)
        if "/A" in said:
            body.append(b"/A " + self._attributes(said["/A"]))
        if not said.keys() <= _REPLACED_KEYS:
            body.append(self._copier.entries(element, _REPLACED_KEYS))
        self._writer.add(b"".join([*body, b">>"]), number)
        return number

    def _kids(self, kids: list[Object | int], own: int, number: int, page: int) -> Iterator[bytes]:
        """Yield ``kids``, whose content is on page ``own``, as kids of ``number`` on ``page``."""
        for kid in kids:
            if isinstance(kid, int):
                yield self._content(kid, own or page, number, page)
                continue
            said = kid.keys()
            if "/S" not in said:
                if "/MCID" not in said:
                    raise ValueError("an annotation in a part")
                on = self._page(kid) or own or page
                yield self._content(int(kid.MCID), on, number, page)
            elif said <= _BARE and kid.S == "/Span":
                yield from self._kids(kids_of(kid), self._page(kid) or own, number, page)
            elif copied := self.copy(kid, number):
                yield reference(copied)

    def _content(self, content: int, page: int, holder: int, of_holder: int) -> bytes:
        self.holders.hold(page, content, holder)
        if page == of_holder:
            return b"%d" % content
        return b"<</Type/MCR/Pg %s/MCID %d>>" % (reference(page), content)

    def _page(self, said: Mapping[str, Object] | Object) -> int:
        return self._pages[said["/Pg"].objgen] if "/Pg" in said else 0

    def _page_inside(self, kids: list[Object | int]) -> int:
        """Return the page of the first span, whose content will move to the element itself."""
        spans = (kid for kid in kids if isinstance(kid, Dictionary) and kid.get("/S") == "/Span")
        return next(map(self._page, spans), 0)

    def _attributes(self, attributes: Object) -> bytes:
        if isinstance(attributes, Array):
            return b"[%s]" % b" ".join(self._attributes(each) for each in attributes)
        written = self._copier.entries(attributes, frozenset({"/Headers"}))
        names = [self._name(bytes(each)) for each in attributes.get("/Headers", [])]
        headers = b"/Headers[%s]" % b"".join(b"(%s)" % name for name in names) if names else b""
        return b"<<%s%s>>" % (written, headers)

    def _name(self, name: bytes) -> bytes:
        return self._names.setdefault(name, b"%s-%04d" % (self._prefix, len(self._names)))


def kids_of(element: Object) -> list[Object | int]:
    """Return the kids of an element or of the structure tree root."""
    kids = element.get("/K")
    return list(kids) if isinstance(kids, Array) else [] if kids is None else [kids]


def elements_in(element: Object) -> list[Object]:
    """Return the elements directly below ``element`` or the structure tree root."""
    return [kid for kid in kids_of(element) if not isinstance(kid, int) and "/S" in kid]


def contents_of(element: Object, page: ObjGen = (0, 0)) -> Iterator[tuple[ObjGen, int]]:
    """Yield the marked content of ``element``, as page and marked-content id."""
    page = element.Pg.objgen if "/Pg" in element else page
    for kid in kids_of(element):
        if isinstance(kid, int):
            yield page, kid
        elif "/MCID" in kid:
            yield kid.Pg.objgen if "/Pg" in kid else page, int(kid.MCID)
        else:
            yield from contents_of(kid, page)
