"""The queue: what waits for a person, and one step with many sheets of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import PersonRequest
from core.refusals import Invalid
from evaluations.access.visibility import sheets_visible_to
from evaluations.bulk_page import bulk_context
from evaluations.enums import Action
from evaluations.forms import BulkForm, QueueFilterForm
from evaluations.queries.worklist import rows_of, waiting_for

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
        "rows": rows_of(page.object_list),
    }
    return render(request, "evaluations/worklist/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_bulk(request: PersonRequest) -> HttpResponse:
    """Show what would come of a step with each sheet that was chosen; take it when confirmed."""
    if request.method != "POST":
        return redirect("sheet_queue")
    actor = request.user
    chosen = _chosen(request)
    if len(chosen) > SHEETS_PER_PAGE:
        raise Invalid(
            f"一度にまとめて行えるのは{SHEETS_PER_PAGE}件までです。"
            "対応待ちに戻り、選ぶ件数を減らして、何回かに分けて操作してください。"
        )
    sheets = list(sheets_visible_to(actor.roles).filter(pk__in=chosen))
    action = request.POST.get("action", "")
    if "confirmed" in request.POST and not sheets:
        raise Invalid("選んだシートは、今の役割では見られません。")
    if not sheets or action not in Action.values:
        return _choose_first(request)
    context = bulk_context(request, sheets, Action(action))
    status = 422 if context["form"].errors else 200
    return render(request, "evaluations/steps/bulk.html", context, status=status)


def _chosen(request: PersonRequest) -> list[str]:
    """Return the keys of the sheets: one field each from the queue, one for all once shown."""
    keys = " ".join(request.POST.getlist("sheet")).split()
    return [key for key in keys if key.isascii() and key.isdigit() and len(key) < 10]


def _choose_first(request: PersonRequest) -> HttpResponseRedirect:
    messages.warning(request, "シートと、まとめて行うことを選んでから進んでください。")
    return redirect("sheet_queue")
