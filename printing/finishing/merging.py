"""Merging of the pages' structure trees: elements split by page breaks are rejoined."""

from collections.abc import Iterable

from printing.finishing.nodes import Content, Node
from printing.finishing.reading import PageTree

# Table headers are repeated on each page, and are read only on the first.
REPEATED = frozenset({"THead", "TFoot"})


def merge_pages(pages: Iterable[PageTree]) -> Node:
    """Return the Document of ``pages``, without repeated elements."""
    document = Node("Document")
    running: dict[int | None, Node] = {}
    for page in pages:
        _go_on(document, page.kids)
        for node in page.running:
            running.setdefault(node.element, node)
    # Placed before the title, so that screen readers announce first that this is a draft.
    document.kids[:0] = running.values()
    return document


def _go_on(parent: Node, kids: list[Node | Content]) -> None:
    begun = {(kid.role, kid.element): kid for kid in parent.nodes}
    for kid in kids:
        earlier = begun.get((kid.role, kid.element)) if isinstance(kid, Node) else None
        if earlier is None:
            parent.kids.append(kid)
        elif isinstance(kid, Node) and kid.role not in REPEATED:
            _go_on(earlier, kid.kids)
