"""The list of sheets, and the first page of each."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evaluations.checks import findings_of
from evaluations.forms import SheetFilterForm
from evaluations.permissions import can_edit, can_grade
from evaluations.queries import content_of, sheets_visible_to
from evaluations.queries.progress import progress_of
from evaluations.views.common import visible_sheet
from evaluations.workflow import steps_open_to

SHEETS_PER_PAGE = 50


@require_safe
def sheet_list(request: HttpRequest) -> HttpResponse:
    """List the sheets the person may see, filtered and searched."""
    form = SheetFilterForm(request.GET)
    sheets = form.apply(sheets_visible_to(request.user.roles))
    page = Paginator(sheets, SHEETS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "evaluations/sheet_list.html", {"form": form, "page": page})


@require_safe
def sheet_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where the sheet stands, what was found in it, and what the person can do next."""
    sheet = visible_sheet(request, pk)
    user, roles = request.user, request.user.roles
    definition = sheet.edition.definition
    content = content_of(sheet)
    findings = findings_of(content, definition)
    return render(
        request,
        "evaluations/sheet_detail.html",
        {
            "sheet": sheet,
            "content": content,
            "progress": progress_of(content, definition, findings),
            "findings": findings,
            "steps": steps_open_to(user, roles, sheet),
            "can_edit": can_edit(user, roles, sheet),
            "can_grade": can_grade(user, roles, sheet),
            "transitions": sheet.transitions.select_related("actor"),
        },
    )
