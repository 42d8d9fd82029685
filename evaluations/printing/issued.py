"""The PDF of a sheet, whichever is the valid one now."""

from django.utils import timezone

from evaluations.models import IssuedPdf, Sheet
from evaluations.printing.build import document_of
from evaluations.printing.pdf import render_pdf


def pdf_of(sheet: Sheet) -> bytes:
    """Return the stored PDF of a decided sheet as it was issued, else the draft's, marked 案."""
    if sheet.is_final:
        return bytes(newest_issued_pdf(sheet).content)
    return render_pdf(document_of(sheet), created=timezone.now())


def newest_issued_pdf(sheet: Sheet) -> IssuedPdf:
    """Return the PDF of the sheet's last approval."""
    return IssuedPdf.objects.filter(revision__sheet=sheet).latest("revision__number")
