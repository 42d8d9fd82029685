"""The depth of bullets, from their indents."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluations.exchange.official.markers import Marker
from texts.notation import BlockKind

_BODY_COLUMN = 6  # from here on, an indent is the cell's and not a bullet's
_DEEPEST = 4


@dataclass
class GrowingBlock:
    """A block that is being assembled from lines."""

    marker: Marker | None
    line: int
    parts: list[str]
    column: int = 0  # how far to the right it stands in its cell
    cell: int = 0
    behind_label: bool = False
    indented: bool = False
    last_width: int = 0

    @property
    def bullet(self) -> str:
        """The bullet as it was typed; '' for every other block."""
        is_bullet = self.marker is not None and self.marker.kind is BlockKind.BULLET
        return self.marker.bullet if self.marker and is_bullet else ""


def depths_of(blocks: Sequence[GrowingBlock]) -> list[int]:
    """Return the depth of each block, from the columns of the bullets."""
    bullets = [block for block in blocks if block.bullet]
    columns = _columns(bullets)
    base = min(columns, default=0)
    round_only = all(b.bullet.endswith("◦") for b in bullets)
    depths = {id(block): (at - base) // 2 for block, at in zip(bullets, columns, strict=True)}
    for block in bullets:
        if block.bullet.endswith("◦") and not round_only:
            depths[id(block)] = max(1, depths[id(block)])
    if bullets:
        depths[id(bullets[0])] = 0
    return [min(depths[id(b)], _DEEPEST) if id(b) in depths else int(b.indented) for b in blocks]


def _columns(bullets: Sequence[GrowingBlock]) -> list[int]:
    """Return the columns of ``bullets``; the first is unreliable behind a label."""
    columns = [block.column + 2 * block.cell for block in bullets]
    others = columns[1:]
    if not others or not bullets[0].behind_label:
        return columns
    first = columns[0]
    if bullets[0].cell:
        first = bullets[0].column + 2 * min(block.cell for block in bullets)
    elif first > min(others) + 1:
        first = 0
    elif not first and min(others) >= _BODY_COLUMN:
        first = min(others)
    # Further bullets on the line of the label have the same shift as the first
    shift = first - columns[0]
    return [
        column + shift if block.line == bullets[0].line else column
        for block, column in zip(bullets, columns, strict=True)
    ]
