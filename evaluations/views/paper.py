"""The sheet as it prints: on the screen, and as the PDF."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from evaluations.models import Sheet
from evaluations.permissions import can_see_history
from evaluations.printing.build import document_of
from evaluations.printing.html import sheet_html
from evaluations.printing.issued import pdf_of
from evaluations.views.common import visible_sheet


@require_safe
def sheet_preview(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the very document that is printed."""
    sheet = visible_sheet(request, pk)
    document = document_of(sheet)
    return render(
        request,
        "evaluations/sheet_preview.html",
        {
            "sheet": sheet,
            "document": document,
            "printed": sheet_html(document),
            "can_see_history": can_see_history(request.user, request.user.roles, sheet),
        },
    )


@require_safe
def sheet_printed(request: PersonRequest, pk: int) -> HttpResponse:
    """Return the printed page alone, for the pane beside the form."""
    return HttpResponse(sheet_html(document_of(visible_sheet(request, pk))))


@require_safe
def sheet_pdf(request: PersonRequest, pk: int) -> HttpResponse:
    """Serve the stored PDF of a decided sheet, or the present draft marked 案."""
    sheet = visible_sheet(request, pk)
    return pdf_response(pdf_of(sheet), file_name(sheet, "" if sheet.is_final else "（案）"))


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """Return ``pdf`` as a download called ``name``."""
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": content_disposition_header(True, name) or ""},
    )


def file_name(sheet: Sheet, mark: str = "") -> str:
    """Return the download's name: 「平成30年度シート_〇〇拠出金.pdf」."""
    return f"{sheet.edition.title}{mark}_{sheet.contribution.name}.pdf"
