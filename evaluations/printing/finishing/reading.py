"""Read the structure WeasyPrint wrote: a tree for each page, without what says nothing."""

from dataclasses import dataclass, field

import pikepdf
from pikepdf import Object

from evaluations.printing.finishing.nodes import Attribute, Content, Node

KEPT = frozenset(
    {"H1", "H2", "H3", "P", "L", "LI", "Lbl", "Table", "THead", "TBody", "TR", "TH", "TD", "Sect"}
)
# They stand for boxes of the layout. What is inside them belongs to what they stand in.
TRANSPARENT = frozenset({"Art", "Div", "LBody", "NonStruct", "Span"})
UNDERLINED: dict[str, Attribute] = {"O": "/Layout", "TextDecorationType": "/Underline"}


@dataclass
class PageTree:
    """What is read on one page.

    ``running``: what the page shows in its margin, if it was made of an element; what is only
    counted there, the page number, is not to be read.
    """

    kids: list[Node | Content] = field(default_factory=list)
    running: list[Node] = field(default_factory=list)


def read_pages(pdf: pikepdf.Pdf) -> list[PageTree]:
    """Return what is read on each page of ``pdf``. Raises ValueError for a role we do not print."""
    pages = [PageTree() for _ in pdf.pages]
    index = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    root = pdf.Root.StructTreeRoot
    for element in root.K[0].K:
        number = index[element.Pg.objgen]
        pages[number].kids += _read(element, number)
    marked = list(root.ParentTree.Nums)[1::2]
    for number, (page, holders) in enumerate(zip(pages, marked, strict=True)):
        page.running = _running(page, number, holders)
    return pages


def _read(element: Object, page: int) -> list[Node | Content]:
    """Return what ``element`` comes to: a node, or its kids where it says nothing itself."""
    kids: list[Node | Content] = []
    for kid in element.K:
        if isinstance(kid, int):
            kids.append(Content(page, kid))
            continue
        for each in _read(kid, page):
            if not _goes_on(kids, each):
                kids.append(each)
    role = str(element.S)[1:]
    if "/Underlined" in element:
        return [Node("Span", int(element.Element), kids, UNDERLINED)]
    if role in TRANSPARENT:
        return kids
    if role not in KEPT:
        raise ValueError(f"no template of ours makes a {role}")
    return [Node(role, int(element.Element), kids, _attributes(element))]


def _goes_on(kids: list[Node | Content], kid: Node | Content) -> bool:
    """Add ``kid`` to the last of ``kids`` where both are underlined words, divided by a line."""
    last = kids[-1] if kids else None
    if not isinstance(kid, Node) or not isinstance(last, Node) or kid.role != "Span":
        return False
    if goes_on := (last.role, last.element) == (kid.role, kid.element):
        last.kids += kid.kids
    return goes_on


def _attributes(element: Object) -> dict[str, Attribute]:
    """Return what a cell says of itself. Which headers it has is left to their scopes."""
    if "/A" not in element:
        return {}
    written = element.A
    attributes: dict[str, Attribute] = {"O": "/Table"}
    if "/Scope" in written:
        attributes["Scope"] = str(written.Scope)
    for span in ("ColSpan", "RowSpan"):
        if f"/{span}" in written:
            attributes[span] = int(written[f"/{span}"])
    return attributes


def _running(page: PageTree, number: int, holders: Object) -> list[Node]:
    read = {content.mcid for content in Node("", kids=page.kids).contents()}
    nodes: dict[int, Node] = {}
    for mcid, holder in enumerate(holders):
        parent = holder.P
        if mcid not in read and parent.S == "/P":
            element = int(parent.Element)
            node = nodes.setdefault(element, Node("P", element))
            node.kids.append(Content(number, mcid))
    return list(nodes.values())
