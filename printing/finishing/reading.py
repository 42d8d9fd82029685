"""Reading of WeasyPrint's structure: one tree per page, without insignificant elements."""

from dataclasses import dataclass, field

import pydyf

from printing.finishing.marks import ELEMENT, UNDERLINED
from printing.finishing.nodes import Attribute, Content, Node

KEPT_ROLES = frozenset(
    {"H1", "H2", "H3", "P", "L", "LI", "Lbl", "Table", "THead", "TBody", "TR", "TH", "TD", "Sect"}
)
# Roles of layout boxes, whose content is moved to their parent.
TRANSPARENT_ROLES = frozenset({"Art", "Div", "LBody", "NonStruct", "Span"})
UNDERLINING: dict[str, Attribute] = {"O": "/Layout", "TextDecorationType": "/Underline"}
STRUCTURE = frozenset({"/StructTreeRoot", "/StructElem"})


@dataclass
class PageTree:
    """The structure of one page.

    ``running``: running elements in the page margin. Generated page numbers are not included, as
    they are not to be read.
    """

    kids: list[Node | Content] = field(default_factory=list)
    running: list[Node] = field(default_factory=list)


def take_pages(pdf: pydyf.PDF) -> list[PageTree]:
    """Return the structure of each page of ``pdf``, and remove it from ``pdf``.

    ``pdf`` is not serialized yet, so that most of it never is. Raises ValueError for an
    unexpected role.
    """
    number_of = {page: number for number, page in enumerate(pdf.page_references)}
    pages = [PageTree() for _ in number_of]
    root = _referred(pdf, pdf.catalog.pop("StructTreeRoot"))
    for kid in _referred(pdf, root["K"][0])["K"]:
        element = _referred(pdf, kid)
        number = number_of[element["Pg"]]
        pages[number].kids += _read(pdf, element, number)
    marked = _referred(pdf, root["ParentTree"])["Nums"][1::2]
    for number, (page, holders) in enumerate(zip(pages, marked, strict=True)):
        page.running = _running(pdf, page, number, holders)
    for each in pdf.objects:
        if isinstance(each, pydyf.Dictionary) and each.get("Type") in STRUCTURE:
            each.free = "f"
    return pages


def _referred(pdf: pydyf.PDF, reference: bytes) -> pydyf.Dictionary:
    """Return the object of a ``reference`` like ``12 0 R``."""
    return pdf.objects[int(reference.split()[0])]


def _read(pdf: pydyf.PDF, element: pydyf.Dictionary, page: int) -> list[Node | Content]:
    """Return the node of ``element``, or its kids if its role is transparent."""
    kids: list[Node | Content] = []
    for kid in element["K"]:
        if isinstance(kid, int):
            kids.append(Content(page, kid))
            continue
        for each in _read(pdf, _referred(pdf, kid), page):
            if not _goes_on(kids, each):
                kids.append(each)
    role = element["S"][1:]
    if element.get(UNDERLINED):
        return [Node("Span", element[ELEMENT], kids, UNDERLINING)]
    if role in TRANSPARENT_ROLES:
        return kids
    if role not in KEPT_ROLES:
        raise ValueError(f"no template of ours makes a {role}")
    return [Node(role, element[ELEMENT], kids, _attributes(element))]


def _goes_on(kids: list[Node | Content], kid: Node | Content) -> bool:
    """Join ``kid`` to the last of ``kids`` if both are one underlined text on two lines."""
    last = kids[-1] if kids else None
    if not isinstance(kid, Node) or not isinstance(last, Node) or kid.role != "Span":
        return False
    if goes_on := (last.role, last.element) == (kid.role, kid.element):
        last.kids += kid.kids
    return goes_on


def _attributes(element: pydyf.Dictionary) -> dict[str, Attribute]:
    """Return the attributes of a cell, without ``Headers``, which the scopes replace."""
    if "A" not in element:
        return {}
    said = element["A"]
    return {"O": "/Table"} | {
        name: said[name] for name in ("Scope", "ColSpan", "RowSpan") if name in said
    }


def _running(pdf: pydyf.PDF, page: PageTree, number: int, holders: list[bytes]) -> list[Node]:
    read = {content.mcid for content in Node("", kids=page.kids).contents()}
    nodes: dict[int, Node] = {}
    for mcid, holder in enumerate(holders):
        if mcid in read:
            continue
        parent = _referred(pdf, _referred(pdf, holder)["P"])
        if parent["S"] == "/P":
            element = parent[ELEMENT]
            node = nodes.setdefault(element, Node("P", element))
            node.kids.append(Content(number, mcid))
    return list(nodes.values())
