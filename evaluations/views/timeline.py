"""The timeline of a sheet."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from evaluations.access.visibility import sheets_visible_to, sheets_with_history_for
from evaluations.queries.timeline import timeline_of


@require_safe
def sheet_timeline(request: PersonRequest, pk: int) -> HttpResponse:
    """List in sentences who did what with the sheet and when. 404 for people outside it."""
    sheet = get_object_or_404(sheets_with_history_for(request.user.roles), pk=pk)
    return render(
        request,
        "evaluations/versions/timeline.html",
        {
            "sheet": sheet,
            "moments": timeline_of(sheet, request.user.roles),
            # Auditors may read the history of a draft, but not the draft.
            "is_visible": sheets_visible_to(request.user.roles).filter(pk=pk).exists(),
        },
    )
