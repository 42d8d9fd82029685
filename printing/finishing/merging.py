"""Make one document of the pages: what a page goes on with belongs to where it began."""

from collections.abc import Iterable

from printing.finishing.nodes import Content, Node
from printing.finishing.reading import PageTree

# A page repeats the head of a table that goes on. It is read once, where the table begins.
REPEATED = frozenset({"THead", "TFoot"})


def merge_pages(pages: Iterable[PageTree]) -> Node:
    """Return the Document of ``pages``; what repeats itself on later pages is not in it."""
    document = Node("Document")
    running: dict[int | None, Node] = {}
    for page in pages:
        _go_on(document, page.kids)
        for node in page.running:
            running.setdefault(node.element, node)
    # It stands above the title: whoever listens hears first that this is a draft.
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
