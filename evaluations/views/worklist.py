"""The queue: what waits for a person."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from evaluations.forms import BulkForm, QueueFilterForm
from evaluations.queries.worklist import rows_of, waiting_for
from evaluations.views.common import page_to_decide

SHEETS_PER_PAGE = 50


@require_safe
def sheet_queue(request: PersonRequest) -> HttpResponse:
    """List what waits for the person: how long, until when, what was answered, what changed."""
    roles = request.user.roles
    form = QueueFilterForm(request.GET, roles=roles)
    page = Paginator(form.apply(waiting_for(roles)), SHEETS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "bulk": BulkForm(roles=roles),
        "page": page,
        "rows": [(row, page_to_decide(row.sheet)) for row in rows_of(page.object_list)],
    }
    return render(request, "evaluations/worklist/list.html", context)
