"""Nesting of blocks for the page: a block indented deeper than a bullet belongs to it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from evaluations.paper.measure import half_ems
from texts.notation import Block, BlockKind

DEEPEST = 6  # deeper bullets stay here: the column grows too narrow, and nesting costs stack
WIDEST_MARKER = 10  # half-ems, 「（注１２）」


@dataclass(frozen=True)
class NestedBlock:
    """A block, how many ems it is set in from its surroundings, and what belongs to it."""

    block: Block
    indent: int
    groups: tuple["BlockGroup", ...]

    @property
    def hang(self) -> int:
        """The width of the marker in half-ems."""
        return min(half_ems(self.block.marker), WIDEST_MARKER)


@dataclass(frozen=True)
class BlockGroup:
    """Neighbouring blocks that form one list of bullets, or are not bullets."""

    is_list: bool
    items: tuple[NestedBlock, ...]


def outline(blocks: Iterable[Block]) -> tuple[BlockGroup, ...]:
    """Return ``blocks`` in their order, nested below the bullets they are indented under."""
    root = _Node(None, 0)
    above = [root]  # the bullets that are still open, outermost first
    for block in blocks:
        depth = min(block.depth, DEEPEST)
        while depth < above[-1].inner_depth:
            above.pop()
        node = _Node(block, depth - above[-1].inner_depth, inner_depth=depth + 1)
        above[-1].children.append(node)
        if block.kind == BlockKind.BULLET:
            above.append(node)
    return _groups(root.children)


@dataclass
class _Node:
    block: Block | None
    indent: int
    inner_depth: int = 0
    children: list["_Node"] = field(default_factory=list)


def _groups(nodes: list[_Node]) -> tuple[BlockGroup, ...]:
    items = (
        NestedBlock(node.block, node.indent, _groups(node.children)) for node in nodes if node.block
    )
    runs = groupby(items, key=lambda item: item.block.kind == BlockKind.BULLET)
    return tuple(BlockGroup(is_list, tuple(members)) for is_list, members in runs)
