"""Lists as readers expect them: an item is its mark and its body, and holds the lists below it."""

from printing.finishing.nodes import Content, Node


def shape_lists(node: Node) -> None:
    """Give every item below ``node`` its body. Changes the tree in place."""
    if node.role == "L":
        _take_in(node)
    for kid in node.nodes:
        shape_lists(kid)
    if node.role == "LI":
        _divide(node)


def _take_in(node: Node) -> None:
    """Put the lists WeasyPrint wrote beside an item into that item."""
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
    # What was taken in stands behind what follows it. The page numbers everything as it stands.
    body.sort(key=_first)
    item.kids = [*marks, Node("LBody", item.element, body)] if body else [*marks]


def _first(kid: Node | Content) -> tuple[int, ...]:
    """Where ``kid`` begins to be painted; () where it holds nothing."""
    return kid if isinstance(kid, Content) else min(kid.contents(), default=())
