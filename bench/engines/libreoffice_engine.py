"""LibreOffice, converting many DOCX files in one run: how Word files are printed in bulk."""

import subprocess
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from docx import Document
from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell

from evaluations.paper.document import PrintDocument, RowPart
from texts.notation import Block

LIMIT_S = 600


def convert(documents: Iterable[PrintDocument]) -> tuple[float, list[bytes]]:
    """Return how many seconds one run over all ``documents`` took, and the PDFs.

    The DOCX files are written before the clock starts. Raises RuntimeError if a PDF is missing.
    """
    with tempfile.TemporaryDirectory() as folder:
        sources = [_write(each, Path(folder, f"{n}.docx")) for n, each in enumerate(documents)]
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
        command += ["--convert-to", "pdf", "--outdir", folder, *map(str, sources)]
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, timeout=LIMIT_S)  # noqa: S603
        seconds = time.perf_counter() - started
        pdfs = [source.with_suffix(".pdf") for source in sources]
        if not all(pdf.exists() for pdf in pdfs):
            raise RuntimeError("LibreOffice がPDFを作りませんでした。")
        return seconds, [pdf.read_bytes() for pdf in pdfs]


def _write(document: PrintDocument, path: Path) -> Path:
    docx = Document()
    section = docx.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin, section.bottom_margin = Mm(16), Mm(17)
    style = docx.styles["Normal"]
    style.font.name, style.font.size = "BIZ UDMincho", Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "BIZ UDMincho")
    docx.add_paragraph(document.title)
    _first_row(docx, document)
    table = docx.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for row in document.rows:
        label, body = table.add_row().cells
        label.width, body.width = Mm(21), Mm(159)
        label.text = "\n".join(row.label_lines)
        for part in row.parts:
            _part(body, part)
    docx.save(str(path))
    return path


def _first_row(docx: Docx, document: PrintDocument) -> None:
    table = docx.add_table(rows=1, cols=2 * len(document.first_row), style="Table Grid")
    for number, cell in enumerate(document.first_row):
        table.rows[0].cells[2 * number].text = "\n".join(cell.label_lines)
        table.rows[0].cells[2 * number + 1].text = cell.value


def _part(body: _Cell, part: RowPart) -> None:
    if part.kind == "staffing":
        table = body.add_table(rows=2, cols=len(part.staffing))
        _fill(table, 0, ["\n".join((*c.label_lines, *c.qualifiers)) for c in part.staffing])
        _fill(table, 1, [column.value for column in part.staffing])
        return
    if part.kind == "pdca":
        table = body.add_table(rows=0, cols=2)
        for _, label, blocks in part.steps:
            name, text = table.add_row().cells
            name.text = label
            _blocks(text, blocks)
        return
    if part.label or part.value:
        body.add_paragraph(f"{part.label}：{part.value}" if part.label else part.value)
    _blocks(body, part.blocks)


def _blocks(cell: _Cell, blocks: Iterable[Block]) -> None:
    for block in blocks:
        paragraph = cell.add_paragraph()
        paragraph.paragraph_format.left_indent = Pt(10.5 * (block.depth + bool(block.marker)))
        paragraph.paragraph_format.first_line_indent = Pt(-10.5 * len(block.marker))
        paragraph.add_run(block.marker)
        for run in block.runs:
            paragraph.add_run(run.text).underline = run.underlined


def _fill(table: Table, row: int, texts: Iterable[str]) -> None:
    for cell, text in zip(table.rows[row].cells, texts, strict=True):
        cell.text = text
