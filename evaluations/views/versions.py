"""Comparison of two versions of a sheet, as a page and as a PDF (新旧対照表)."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from core.form_pages import status_of
from core.refusals import Invalid
from evaluations.access.rules import can_see_history
from evaluations.forms import CompareForm
from evaluations.models import Sheet
from evaluations.paper.comparison_table import render_side_by_side, side_by_side
from evaluations.queries.versions import NOW, Versions, revision_of_last_decision, versions_of
from evaluations.version_comparison import SheetComparison, compare_versions
from evaluations.views.common import visible_sheet
from evaluations.views.downloads import pdf_name, pdf_response
from printing.fair_share import rendering_slot


@require_safe
def sheet_compare(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the differences between two versions, and a form to choose others."""
    sheet, versions, form = _requested(request, pk)
    comparison = _comparison(versions, form)
    return render(
        request,
        "evaluations/versions/compare.html",
        {"sheet": sheet, "versions": versions, "form": form, "comparison": comparison},
        status=status_of(form),
    )


@require_safe
def sheet_compare_pdf(request: PersonRequest, pk: int) -> HttpResponse:
    """Return the comparison of two versions as a PDF (新旧対照表)."""
    sheet, versions, form = _requested(request, pk)
    comparison = _comparison(versions, form)
    if comparison is None:
        raise Invalid("新旧対照表にする版がありません。比較の画面で選び直してください。")
    document = side_by_side(sheet, comparison)
    with rendering_slot(request.user.pk):
        pdf = render_side_by_side(document, created=timezone.now())
    return pdf_response(pdf, pdf_name(sheet, "（新旧対照表）"))


def _requested(request: PersonRequest, pk: int) -> tuple[Sheet, Versions, CompareForm]:
    """Return the sheet, its versions, and the form with the two to compare.

    Raise 404 for the number of a revision that the sheet does not have.
    """
    sheet = visible_sheet(request, pk)
    acting = request.user.acting
    can_see_history(acting, sheet).require()
    versions = versions_of(sheet, acting)
    keys = [choice.key for choice in versions.choices]
    asked = {name: request.GET[name] for name in ("new", "old") if request.GET.get(name)}
    if any(key.isdecimal() and key not in keys for key in asked.values()):
        raise Http404
    decided = revision_of_last_decision(sheet, acting)
    before = str(decided.number) if decided else next((k for k in keys if k != NOW), NOW)
    form = CompareForm({"new": NOW, "old": before} | asked, choices=versions.choices)
    return sheet, versions, form


def _comparison(versions: Versions, form: CompareForm) -> SheetComparison | None:
    """Return the comparison; None if the form is invalid or there is only one version."""
    if not form.is_valid() or len(versions.choices) == 1:
        return None
    old, new = (versions.version(form.cleaned_data[name]) for name in ("old", "new"))
    return compare_versions(old, new)
