"""A ``PrintDocument`` as the official PDF: tagged, archival, the same bytes for the same input."""

from datetime import datetime

from evaluations.paper.audit_head import NAME as AUDIT_HEAD
from evaluations.paper.document import PrintDocument
from evaluations.paper.html import page_html
from printing import printer

ATTACHMENT = "sheet.json"
SHEET = ("print:sheet.css", "print:page.css")


def render_pdf(
    document: PrintDocument, *, created: datetime, data: bytes = b"", audit_head: bytes = b""
) -> bytes:
    """Return the PDF of ``document``, dated ``created``, which must know its time zone.

    ``data``, the sheet as JSON, is attached as ``sheet.json`` unless empty, and so is the head of
    the audit log as ``audit-head.json``.
    """
    attached = {ATTACHMENT: data, AUDIT_HEAD: audit_head}
    return printer.render_page(
        page_html(document), styles=SHEET, created=created, attached=attached
    )


def count_pages(document: PrintDocument) -> int:
    """Return how many pages the PDF of ``document`` has; rendered and raising as the PDF."""
    return printer.count_pages(page_html(document), SHEET)
