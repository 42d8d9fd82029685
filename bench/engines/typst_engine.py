"""Typst, a fast compiled typesetting system, with the same text in a similar layout."""

from collections.abc import Iterable

import typst

from evaluations.paper.document import PrintDocument, RowPart
from texts.notation import Block, BlockKind

PREAMBLE = """\
#set page(paper: "a4", margin: (x: 15.05mm, top: 16mm, bottom: 17mm), numbering: "1")
#set text(font: ("BIZ UDMincho", "Noto Serif CJK JP"), size: 10.5pt, lang: "ja")
#set par(justify: true, leading: 0.6em, spacing: 0.6em)
#set table(stroke: 0.5pt, inset: (x: 0.34em, y: 0.4em))
#show table.cell.where(x: 0): set text(font: ("BIZ UDGothic", "Noto Sans CJK JP"))
"""
_ESCAPED = str.maketrans({c: f"\\{c}" for c in '\\#$*_`<>@[]~"/=+-'})


class Typst:
    """A compiler that stays loaded with its fonts, as in a service."""

    def __init__(self) -> None:
        self._compiler = typst.Compiler()

    def pdf(self, document: PrintDocument) -> bytes:
        """Return the tagged PDF of ``document``."""
        pdf = self._compiler.compile(source(document).encode(), format="pdf")
        if not isinstance(pdf, bytes):
            raise RuntimeError("Typst がPDFを作りませんでした。")
        return pdf


def source(document: PrintDocument) -> str:
    """Return ``document`` as Typst markup."""
    first = ", ".join(f"[{_lines(c.label_lines)}], [{_text(c.value)}]" for c in document.first_row)
    columns = ", ".join(["5em, 1fr"] + ["auto"] * (2 * len(document.first_row) - 2))
    rows = "\n".join(
        f"  [{_lines(row.label_lines)}], [{''.join(map(_part, row.parts))}],"
        for row in document.rows
    )
    return (
        f"{PREAMBLE}#align(center, text(size: 14pt)[{_text(document.title)}])\n"
        f"#table(columns: ({columns}), {first})\n#v(-0.6em)\n"
        f"#table(columns: (5.8em, 1fr), stroke: 0.5pt,\n{rows}\n)\n"
    )


def _part(part: RowPart) -> str:
    match part.kind:
        case "staffing":
            cells = [
                f"[{_lines((*column.label_lines, *column.qualifiers))}]" for column in part.staffing
            ] + [f"[{_text(column.value)}]" for column in part.staffing]
            return f"#text(8.5pt)[#table(columns: {len(part.staffing)}, {', '.join(cells)})]\n"
        case "pdca":
            cells = [f"[{_text(label)}], [{_blocks(blocks)}]" for _, label, blocks in part.steps]
            return f"#table(columns: (4.8em, 1fr), {', '.join(cells)})\n"
        case _:
            label = f"{_text(part.label)}：" if part.label else ""
            return f"{label}{_text(part.value)}\n\n{_blocks(part.blocks)}"


def _blocks(blocks: Iterable[Block]) -> str:
    return "".join(map(_block, blocks))


def _block(block: Block) -> str:
    words = "".join(
        f"#underline[{_text(run.text)}]" if run.underlined else _text(run.text)
        for run in block.runs
    )
    hang = len(block.marker) if block.kind in (BlockKind.BULLET, BlockKind.NOTE) else 0
    return (
        f"#pad(left: {block.depth}em)[#par(hanging-indent: {hang}em)"
        f"[{_text(block.marker)}{words}]]\n"
    )


def _lines(lines: Iterable[str]) -> str:
    return " \\ ".join(map(_text, lines))


def _text(text: str) -> str:
    return text.translate(_ESCAPED)
