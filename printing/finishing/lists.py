"""List structure as PDF/UA requires it: LI with Lbl and LBody, nested lists inside LBody."""

from printing.finishing.nodes import Content, Node


def shape_lists(node: Node) -> None:
    """Add Lbl and LBody to every item below ``node``. Changes the tree in place."""
    if node.role == "L":
        _take_in(node)
    for kid in node.nodes:
        shape_lists(kid)
    if node.role == "LI":
        _divide(node)


def _take_in(node: Node) -> None:
    """Move lists that WeasyPrint wrote as siblings of an item into that item."""
    items: list[Node] = []
    for kid in node.nodes:
        if kid.role == "LI":
            items.append(kid)
        else:
            items[-1].kids.append(kid)
    node.kids = [*items]


def _divide(item: Node) -> None:
    marks = [kid for kid in item.nodes if kid.role == "Lbl"]
    body = [kid for kid in item.kids if kid not in marks and _first(kid)]
    # Moved kids may be out of order: sort by the order in which they are painted.
    body.sort(key=_first)
    item.kids = [*marks, Node("LBody", item.element, body)] if body else [*marks]


def _first(kid: Node | Content) -> tuple[int, ...]:
    """Return where ``kid`` is painted first; () if it is empty."""
    return kid if isinstance(kid, Content) else min(kid.contents(), default=())
