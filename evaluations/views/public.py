"""What everybody may read: the published sheets, without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from evaluations.models import Publication
from evaluations.views.paper import file_name, pdf_response

PUBLICATIONS_PER_PAGE = 50


@login_not_required
@require_safe
def published_list(request: HttpRequest) -> HttpResponse:
    """List what is public, newest year first."""
    publications = (
        Publication.objects.filter(is_current=True)
        .select_related(
            "sheet__cycle__edition",
            "sheet__edition",
            "sheet__contribution__organization",
            "sheet__division",
            "issued_pdf__revision",
        )
        .defer(
            "issued_pdf__content",
            "issued_pdf__revision__content",
            "sheet__edition__content",
            "sheet__cycle__edition__content",
        )
        .order_by(
            "-sheet__cycle__fiscal_year", "sheet__contribution__organization__name_kana", "pk"
        )
    )
    page = Paginator(publications, PUBLICATIONS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "evaluations/published_list.html", {"page": page})


@login_not_required
@require_safe
def published_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Serve the published PDF: of a sheet under correction, the one that is still valid."""
    publication = get_object_or_404(
        Publication.objects.select_related("issued_pdf", "sheet__edition", "sheet__contribution"),
        sheet__id=pk,
        is_current=True,
    )
    return pdf_response(bytes(publication.issued_pdf.content), file_name(publication.sheet))
