"""The sheet as it prints, as HTML and as PDF."""

from collections import defaultdict

from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from evaluations.access.rules import can_see_history
from evaluations.access.visibility import visible_to
from evaluations.models import Sheet
from evaluations.paper.build import document_of
from evaluations.paper.document import PrintDocument
from evaluations.paper.issued_pdf import draft_pdf_of, issued_for
from evaluations.paper.links import linked
from evaluations.paper.rendering import count_pages, sheet_html
from evaluations.queries.checked_sheets import checked_sheet_of
from evaluations.queries.content import content_of
from evaluations.queries.prefetch import fetch_register
from evaluations.queries.references import links_of
from evaluations.views.common import visible_sheet
from evaluations.views.downloads import (
    FOR_ONE_PERSON,
    cached_hashes,
    pdf_name,
    pdf_response,
    stored_response,
)
from printing.fair_share import rendering_slot


@require_safe
def sheet_preview(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the document as it is printed."""
    sheet = visible_sheet(request, pk)
    return render(
        request,
        "evaluations/sheets/preview.html",
        {
            "sheet": sheet,
            "printed": sheet_html(_on_screen(request, sheet)),
            "can_see_history": can_see_history(request.user.acting, sheet),
        },
    )


@require_safe
def sheet_printed(request: PersonRequest, pk: int) -> HttpResponse:
    """Return the printed page alone, for the preview beside the form."""
    return HttpResponse(sheet_html(_on_screen(request, visible_sheet(request, pk))))


@require_safe
def sheet_pages(request: PersonRequest, pk: int) -> JsonResponse:
    """Return the number of pages in print."""
    document = document_of(visible_sheet(request, pk))
    with rendering_slot(request.user.pk):
        return JsonResponse({"pages": count_pages(document)})


def _on_screen(request: PersonRequest, sheet: Sheet) -> PrintDocument:
    """Return the document, with links where it refers to other sheets."""
    fetch_register(sheet)
    content = content_of(sheet)
    links: dict[str, dict[str, str]] = defaultdict(dict)
    for link in links_of(checked_sheet_of(sheet, content), request.user.roles):
        links[link.item][link.words] = link.url
    return linked(document_of(sheet, content), links)


@require_safe
def sheet_pdf(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Return the stored PDF of a decided sheet, or a PDF of the draft, marked 案."""
    stored = issued_for(visible_to(request.user.roles), pk, cached_hashes(request))
    if stored is None:
        sheet = visible_sheet(request, pk)
        with rendering_slot(request.user.pk):
            pdf = draft_pdf_of(sheet)
        return pdf_response(pdf, pdf_name(sheet, "（案）"))
    return stored_response(request, stored, cache_control=FOR_ONE_PERSON)
