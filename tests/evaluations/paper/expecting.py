"""What the paper of a ``PrintDocument`` has to say, cell by cell, and how its lines are set in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evaluations.paper.document import PrintDocument, RowPart
from evaluations.paper.measure import half_ems
from evaluations.paper.outline import DEEPEST, WIDEST_MARKER
from texts.notation import Block, BlockKind


@dataclass(frozen=True)
class Paragraph:
    """Lines that belong together; ``first`` and ``rest``: ems by which they are set in."""

    text: str
    first: float = 0
    rest: float = 0

    @property
    def letters(self) -> str:
        """The text without white space."""
        return "".join(self.text.split())


@dataclass(frozen=True)
class Expected:
    """A cell: ``rows`` below each other, a ``pair`` side by side, or paragraphs.

    ``is_body``: its lines are set flush on both sides. ``is_whole``: it stays on one page.
    """

    paragraphs: tuple[Paragraph, ...] = ()
    rows: "tuple[Expected, ...]" = ()
    pair: "tuple[Expected, Expected] | None" = None
    is_body: bool = False
    is_whole: bool = False

    @property
    def letters(self) -> str:
        """What stands in it, without white space."""
        return "".join(paragraph.letters for paragraph in self.paragraphs)


def expected(document: PrintDocument) -> Expected:
    """Return the form of ``document``; title, draft note and page numbers are outside of it."""
    rows = [
        Expected(pair=(_short("".join(row.label_lines)), _body(row.parts))) for row in document.rows
    ]
    cells = [
        cell for each in document.first_row for cell in ("".join(each.label_lines), each.value)
    ]
    first = (_side_by_side(map(_short, cells)),) if cells else ()
    return Expected(rows=(*first, *rows))


def outside(document: PrintDocument, page: int) -> str:
    """Return what stands outside the form on ``page``, in the order it is written."""
    title = document.title if page == 1 else ""
    return "".join(f"{title}{document.draft_note}{page}".split())


def _short(text: str) -> Expected:
    return Expected((Paragraph(text),), is_whole=True)


def _side_by_side(cells: Iterable[Expected]) -> Expected:
    first, *rest = cells
    return Expected(pair=(first, _side_by_side(rest))) if rest else first


def _body(parts: tuple[RowPart, ...]) -> Expected:
    rows: list[Expected] = []
    texts: list[Paragraph] = []
    for part in parts:
        match part.kind:
            case "staffing" | "pdca":
                rows += _text_row(texts)
                texts = []
                rows += _staffing(part) if part.kind == "staffing" else _steps(part)
            case _:
                texts += _paragraphs(part)
    rows += _text_row(texts)
    if not rows:
        return Expected(is_body=True)
    return rows[0] if len(rows) == 1 else Expected(rows=tuple(rows))


def _text_row(paragraphs: list[Paragraph]) -> list[Expected]:
    return [Expected(tuple(paragraphs), is_body=True)] if paragraphs else []


def _staffing(part: RowPart) -> list[Expected]:
    headings = ("".join((*each.label_lines, *each.qualifiers)) for each in part.staffing)
    return [
        _side_by_side(map(_short, headings)),
        _side_by_side(_short(each.value) for each in part.staffing),
    ]


def _steps(part: RowPart) -> list[Expected]:
    return [
        Expected(pair=(_short(label), Expected(tuple(_indented(blocks)), is_body=True)))
        for _, label, blocks in part.steps
    ]


def _paragraphs(part: RowPart) -> list[Paragraph]:
    match part.kind:
        case "bullet":
            return [Paragraph(f"・{part.label}：{part.value}", 0, 1)]
        case "value":
            return [Paragraph(f"{part.label}：{part.value}" if part.label else part.value)]
    label = [Paragraph(f"{part.label}：")] if part.label else []
    lines = list(_indented(part.blocks))
    if part.run_in:
        label, lines = [Paragraph(f"{part.label}：{lines[0].text}")], lines[1:]
    return label + lines


def _indented(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    bullets: list[int] = []  # the depths of the bullets that are still open
    for block in blocks:
        depth = min(block.depth, DEEPEST)
        while bullets and bullets[-1] >= depth:
            bullets.pop()
        match block.kind:
            case BlockKind.BULLET:
                rest: float = depth + 1
                bullets.append(depth)
            case BlockKind.NOTE:
                rest = depth + min(half_ems(block.marker), WIDEST_MARKER) / 2
            case _:
                rest = bullets[-1] + 1 if bullets else 0
        yield Paragraph(block.marker + block.text, depth, rest)
