"""A ``PrintDocument`` as the official PDF: tagged, archival, the same bytes for the same input."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from evaluations.printing import engine, workers
from evaluations.printing.audit_head import NAME as AUDIT_HEAD
from evaluations.printing.document import PrintDocument
from evaluations.printing.html import page_html

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
    return render_page(page_html(document), created=created, attached=attached)


def render_page(
    page: str,
    *,
    created: datetime,
    attached: Mapping[str, bytes] | None = None,
    styles: Sequence[str] = SHEET,
) -> bytes:
    """Return the PDF of the HTML ``page``, set by ``styles``, names of ``fetcher.ASSETS``.

    ``attached``: files by name; empty ones are left out.

    Rendered in a worker process within the bounds of ``workers``. Raises PrintingError when the
    page asks for anything it may not load or the printer gives up, and ImproperlyConfigured when
    the fonts or the supported WeasyPrint are not there.
    """
    if created.tzinfo is None:
        raise ValueError("created must know its time zone")
    files = {name: data for name, data in (attached or {}).items() if data}
    return workers.run(engine.render, page, tuple(styles), created, files)


def count_pages(document: PrintDocument) -> int:
    """Return how many pages the PDF of ``document`` has; rendered and raising as the PDF."""
    return workers.run(engine.count, page_html(document), SHEET)
