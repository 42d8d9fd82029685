"""In-memory structure tree, between reading and writing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

Attribute = str | int | list[str]


class Content(NamedTuple):
    """Marked content: its page index, and its marked-content id as WeasyPrint wrote it."""

    page: int
    mcid: int


@dataclass
class Node:
    """A structure element. ``element``: the number of its HTML element (see ``marks``).

    ``attributes``: attributes of one owner, names beginning with "/"; ``id``: the id by which
    cells refer to it as their header.
    """

    role: str
    element: int | None = None
    kids: list["Node | Content"] = field(default_factory=list)
    attributes: dict[str, Attribute] = field(default_factory=dict)
    id: str = ""

    @property
    def nodes(self) -> list["Node"]:
        """Return the kids that are elements."""
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def contents(self) -> Iterator[Content]:
        """Yield all marked content below, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.contents()
            else:
                yield kid

    def descendants(self) -> Iterator["Node"]:
        """Yield the elements below, in preorder."""
        for kid in self.nodes:
            yield kid
            yield from kid.descendants()


def prune(node: Node) -> bool:
    """Remove empty elements, except table cells. Return whether ``node`` is to be kept."""
    node.kids = [kid for kid in node.kids if not isinstance(kid, Node) or prune(kid)]
    return bool(node.kids) or node.role in {"TD", "TH"}
