"""Rendering a ``PrintDocument`` to HTML: one template for the preview and the PDF."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from evaluations.paper import layout
from evaluations.paper.document import PrintDocument

PAGE = "evaluations/paper/page.html"


def sheet_html(document: PrintDocument) -> SafeString:
    """Return the sheet as a fragment for a page that links ``print/sheet.css``.

    It has no inline style or script. Wrap it in ``print-preview`` to see it as on paper.
    """
    return render_to_string(document.template, _context(document))


def page_html(document: PrintDocument) -> str:
    """Return the sheet as a whole HTML page, which is what the PDF is made of."""
    return str(render_to_string(PAGE, _context(document)))


def _context(document: PrintDocument) -> dict[str, Any]:
    return {
        "sheet": document,
        "first_row": layout.first_row(document),
        "rows": layout.rows(document),
    }
