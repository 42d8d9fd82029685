"""The structure of a document as plain values, between reading it and writing it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

Attribute = str | int | list[str]


class Content(NamedTuple):
    """A piece of marked content: its page, from 0, and its number there as WeasyPrint wrote it."""

    page: int
    mcid: int


@dataclass
class Node:
    """A structure element. ``element``: the number of what it was made of, a page's or a part's.

    ``attributes``: its attributes of one owner, names beginning with "/"; ``id``: by which a
    cell refers to its header.
    """

    role: str
    element: int | None = None
    kids: list["Node | Content"] = field(default_factory=list)
    attributes: dict[str, Attribute] = field(default_factory=dict)
    id: str = ""

    @property
    def nodes(self) -> list["Node"]:
        """The kids that are elements."""
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def contents(self) -> Iterator[Content]:
        """Yield everything in it that is read, in order."""
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.contents()
            else:
                yield kid

    def descendants(self) -> Iterator["Node"]:
        """Yield the elements below, each before its own kids."""
        for kid in self.nodes:
            yield kid
            yield from kid.descendants()


def prune(node: Node) -> bool:
    """Take out what holds nothing, but for the cells of tables. Return whether ``node`` stays."""
    node.kids = [kid for kid in node.kids if not isinstance(kid, Node) or prune(kid)]
    return bool(node.kids) or node.role in {"TD", "TH"}
