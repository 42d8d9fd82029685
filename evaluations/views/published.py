"""Published sheets, open to everybody, without sign-in."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evaluations.models import Publication
from evaluations.paper.issued_pdf import published_for
from evaluations.views.downloads import FOR_EVERYBODY, cached_hashes, stored_response

PUBLICATIONS_PER_PAGE = 50


@login_not_required
@require_safe
def published_list(request: HttpRequest) -> HttpResponse:
    """List the published sheets, newest year first."""
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
    return render(request, "evaluations/issued_pdf/published_list.html", {"page": page})


@login_not_required
@require_safe
def published_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Return the published PDF. While a sheet is corrected, its last PDF stays valid."""
    stored = published_for(pk, cached_hashes(request))
    if stored is None:
        raise Http404
    return stored_response(request, stored, cache_control=FOR_EVERYBODY)
