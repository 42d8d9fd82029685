"""Rendering of a ``PrintDocument``: one template for the preview and the official PDF.

The PDF is tagged and archival, and has the same bytes for the same input.
"""

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from evaluations.paper import layout
from evaluations.paper.audit_head import NAME as AUDIT_HEAD
from evaluations.paper.document import PrintDocument
from printing import printer

TEMPLATE = "evaluations/paper/page.html"
ATTACHMENT = "sheet.json"
SHEET_STYLES = ("print:sheet.css", "print:page.css")


def sheet_html(document: PrintDocument) -> SafeString:
    """Return the sheet as a fragment for a page that links ``print/sheet.css``.

    It has no inline style or script. Wrap it in ``print-preview`` to see it as on paper.
    """
    return render_to_string(document.template, _context(document))


def page_html(document: PrintDocument) -> str:
    """Return the sheet as a whole HTML page, which is what the PDF is made of."""
    return str(render_to_string(TEMPLATE, _context(document)))


def render_pdf(
    document: PrintDocument, *, created: datetime, data: bytes = b"", audit_head: bytes = b""
) -> bytes:
    """Return the PDF of ``document``, dated ``created``, which must know its time zone.

    ``data``, the sheet as JSON, is attached as ``sheet.json`` unless empty, and so is the head of
    the audit log as ``audit-head.json``.
    """
    attached = {ATTACHMENT: data, AUDIT_HEAD: audit_head}
    return printer.render_page(
        page_html(document), styles=SHEET_STYLES, created=created, attached=attached
    )


def count_pages(document: PrintDocument) -> int:
    """Return how many pages the PDF of ``document`` has; rendered and raising as the PDF."""
    return printer.count_pages(page_html(document), SHEET_STYLES)


def _context(document: PrintDocument) -> dict[str, Any]:
    return {
        "sheet": document,
        "first_row": layout.first_row(document),
        "rows": layout.rows(document),
    }
