"""The structure of a PDF as it is written, and the trees that lead to its elements."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Object

Id = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    """Marked content: the page it stands on, from 0, and its number there."""

    page: int
    mcid: int


@dataclass(frozen=True)
class Annotated:
    """An annotation as an element holds it, and the page it is said to be on."""

    page: int
    annotation: Id


@dataclass
class Element:
    """A structure element as it is written."""

    role: str
    written: Object
    kids: list["Element | Piece | Annotated"] = field(default_factory=list)

    @property
    def elements(self) -> list["Element"]:
        return [kid for kid in self.kids if isinstance(kid, Element)]

    @property
    def annotations(self) -> list[Annotated]:
        return [kid for kid in self.kids if isinstance(kid, Annotated)]

    def below(self, role: str = "") -> Iterator["Element"]:
        for kid in self.elements:
            if kid.role == role or not role:
                yield kid
            yield from kid.below(role)

    def pieces(self) -> Iterator[Piece]:
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.pieces()
            elif isinstance(kid, Piece):
                yield kid

    def attribute(self, name: str, otherwise: object = None) -> object:
        return self.written.get("/A", Dictionary()).get(name, otherwise)


def read(pdf: pikepdf.Pdf) -> Element:
    """Return the one Document of ``pdf``."""
    index = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    root = pdf.Root.StructTreeRoot
    kids = list(root.K) if isinstance(root.K, Array) else [root.K]
    assert len(kids) == 1, "one root element"
    return _read(kids[0], index)


def _read(written: Object, index: dict[Id, int]) -> Element:
    element = Element(str(written.S)[1:], written)
    kids = written.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, int):
            element.kids.append(Piece(index[written.Pg.objgen], kid))
        elif kid.get("/Type") == "/MCR":
            element.kids.append(Piece(index[kid.get("/Pg", written.get("/Pg")).objgen], kid.MCID))
        elif kid.get("/Type") == "/OBJR":
            page = index[kid.get("/Pg", written.get("/Pg")).objgen]
            element.kids.append(Annotated(page, kid.Obj.objgen))
        else:
            element.kids.append(_read(kid, index))
    return element


def parent_tree(pdf: pikepdf.Pdf) -> dict[int, Object]:
    """Return what the numbers of pages and annotations lead to: elements, or arrays of them."""
    return dict(_pairs(pdf.Root.StructTreeRoot.ParentTree, "/Nums"))


def tree_faults(pdf: pikepdf.Pdf, document: Element) -> Iterator[str]:
    """Yield what keeps a reader from finding an element by its number or by its name."""
    root = pdf.Root.StructTreeRoot
    numbers = [number for number, _ in _pairs(root.ParentTree, "/Nums")]
    yield from _leaves(root.ParentTree, "/Nums", "the parent tree")
    if numbers != sorted(set(numbers)):
        yield "the parent tree is not in order, each number once"
    if root.get("/ParentTreeNextKey", 0) <= max(numbers):
        yield "the next number of the parent tree is taken, or not said"
    named = [page.obj.get("/StructParents") for page in pdf.pages]
    named += [each.get("/StructParent") for page in pdf.pages for each in page.get("/Annots", [])]
    if sorted(number for number in named if number is not None) != sorted(numbers):
        yield "the parent tree is not of the pages and annotations there are, each once"
    names = sorted(
        (bytes(each.written.ID), each.written.objgen)
        for each in document.below()
        if "/ID" in each.written
    )
    if len({name for name, _ in names}) != len(names):
        yield "two elements have one name"
    tree = root.get("/IDTree", Dictionary())
    yield from _leaves(tree, "/Names", "the tree of names")
    if [(bytes(name), each.objgen) for name, each in _pairs(tree, "/Names")] != names:
        yield "the tree of names is not that of the named elements, in order"


def _pairs(tree: Object, key: str) -> Iterator[tuple[Object, Object]]:
    for kid in tree.get("/Kids", []):
        yield from _pairs(kid, key)
    items = list(tree.get(key, []))
    yield from zip(items[::2], items[1::2], strict=True)


def _leaves(tree: Object, key: str, called: str) -> Iterator[str]:
    for kid in tree.get("/Kids", []):
        within = [each for each, _ in _pairs(kid, key)]
        if list(kid.get("/Limits", [])) != [within[0], within[-1]]:
            yield f"{called} is wrong about the limits of a part of it"
