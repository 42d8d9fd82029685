"""Writing of the structure tree and its parent tree."""

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from printing.finishing.artifacts import Numbers
from printing.finishing.nodes import Attribute, Content, Node


def write_tree(pdf: pikepdf.Pdf, document: Node, numbers: Numbers) -> None:
    """Write ``document`` as the structure of ``pdf``; ``numbers``: new marked-content ids."""
    _Writer(pdf, numbers).write(document)


class _Writer:
    def __init__(self, pdf: pikepdf.Pdf, numbers: Numbers) -> None:
        self.pdf = pdf
        self.numbers = numbers
        self.pages = [page.obj for page in pdf.pages]
        self.holders: list[dict[int, Object]] = [{} for _ in self.pages]
        self.named: dict[str, Object] = {}

    def write(self, document: Node) -> None:
        pdf = self.pdf
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        root.K = Array([self.element(document, root)])
        held = []
        for index, holders in enumerate(self.holders):
            self.pages[index].StructParents = index
            held += [index, pdf.make_indirect(Array([holders[n] for n in sorted(holders)]))]
        root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(held)))
        root.ParentTreeNextKey = len(self.pages)
        if self.named:
            names = [
                each for name in sorted(self.named) for each in (String(name), self.named[name])
            ]
            root.IDTree = pdf.make_indirect(Dictionary(Names=Array(names)))
        pdf.Root.StructTreeRoot = root

    def element(self, node: Node, parent: Object) -> Object:
        element = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{node.role}"), P=parent)
        )
        if node.attributes:
            element.A = Dictionary({f"/{k}": _value(v) for k, v in node.attributes.items()})
        if node.id:
            element.ID = String(node.id)
            self.named[node.id] = element
        page = next((kid.page for kid in node.kids if isinstance(kid, Content)), None)
        if page is not None:
            element.Pg = self.pages[page]
        kids = [self.kid(kid, element, page) for kid in node.kids]
        if kids:
            element.K = kids[0] if len(kids) == 1 else Array(kids)
        return element

    def kid(self, kid: Node | Content, element: Object, page: int | None) -> Object | int:
        if isinstance(kid, Node):
            return self.element(kid, element)
        number = self.numbers[kid]
        self.holders[kid.page][number] = element
        if kid.page == page:
            return number
        return Dictionary(Type=Name.MCR, Pg=self.pages[kid.page], MCID=number)


def _value(value: Attribute) -> Object | int:
    if isinstance(value, list):
        return Array([String(each) for each in value])
    return value if isinstance(value, int) else Name(value)
