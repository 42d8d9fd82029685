"""Pages of the bulk steps: confirmation, progress, one result per sheet."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import PersonRequest
from bulk_steps.domain.requests import SeenSheet, refuse_too_many, request_bulk_step
from bulk_steps.domain.retention import RETENTION
from bulk_steps.forms import BulkStepForm
from bulk_steps.models import BulkStep
from bulk_steps.queries.bulk_steps import bulk_steps_of, progress_of, rows_of
from bulk_steps.queries.preview import preview_steps
from core.form_pages import status_of
from core.refusals import Invalid
from evaluations.access.visibility import sheets_visible_to
from evaluations.enums import Action
from evaluations.forms.entries import SentText

BULK_STEPS_PER_PAGE = 20


@require_safe
def bulk_step_list(request: PersonRequest) -> HttpResponse:
    """List the person's own bulk steps, newest first."""
    page = Paginator(bulk_steps_of(request.user), BULK_STEPS_PER_PAGE)
    context = {"page": page.get_page(request.GET.get("page")), "kept_days": RETENTION.days}
    return render(request, "bulk_steps/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def bulk_step_new(request: PersonRequest) -> HttpResponse:
    """Show what would come of a step with each chosen sheet; ask for it when confirmed.

    A POST that does not confirm comes from the results of an earlier one, with its comment and
    what was shown then.
    """
    sent = request.POST if request.method == "POST" else request.GET
    keys = _keys(sent)
    action = sent.get("action", "")
    if not keys or action not in Action.values:
        messages.warning(request, "シートと、まとめて行うことを選んでから進んでください。")
        return redirect("sheet_queue")
    confirmed = request.method == "POST" and "confirmed" in sent
    form = BulkStepForm(
        sent if confirmed else None,
        action=Action(action),
        initial={"comment": sent.get("comment", "")},
    )
    if confirmed and form.is_valid():
        bulk_step = request_bulk_step(
            _seen_sheets(keys, sent),
            action=Action(action),
            comment=form.cleaned_data["comment"],
            actor=request.user,
        )
        return redirect("bulk_step_detail", bulk_step.pk)
    return _confirmation(request, keys, Action(action), form, _pairs(sent, "shown"))


@require_safe
def bulk_step_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the progress of a bulk step, then the results."""
    context = _progress(request, _own_bulk_step(request, pk))
    return render(request, "bulk_steps/detail.html", context | {"is_fragment": False})


@require_safe
def bulk_step_progress(request: PersonRequest, pk: int) -> HttpResponse:
    """Return the same as an HTML fragment, polled until the bulk step is finished.

    ``said`` in the query string is the last status announced to screen readers; only a different
    one is announced.
    """
    context = _progress(request, _own_bulk_step(request, pk))
    is_new = request.GET.get("said") != context["milestone"]
    context |= {"is_fragment": True, "is_new": is_new}
    return render(request, "bulk_steps/includes/progress.html", context)


def _own_bulk_step(request: PersonRequest, pk: int) -> BulkStep:
    return get_object_or_404(BulkStep, requested_by=request.user, pk=pk)


def _confirmation(
    request: PersonRequest,
    keys: list[int],
    action: Action,
    form: BulkStepForm,
    shown_before: Mapping[int, str],
) -> HttpResponse:
    refuse_too_many(len(keys))
    sheets = list(sheets_visible_to(request.user.roles).filter(pk__in=keys))
    if not sheets:
        raise Invalid("選んだシートは、今の役割では見られません。")
    lines = preview_steps(sheets, action, request.user.acting, shown_before)
    possible = sum(line.ok for line in lines)
    context = {
        "action": action,
        "form": form,
        "lines": lines,
        "possible": possible,
        # One field each, however many sheets: a form may have only so many.
        "chosen": " ".join(str(sheet.pk) for sheet in sheets),
        "versions": " ".join(f"{sheet.pk}:{sheet.version}" for sheet in sheets),
        "shown": " ".join(f"{line.sheet.pk}:{line.shown}" for line in lines if line.shown),
        # Where nothing is possible, there is no form: the comment would be lost.
        "sent": [] if possible else _comment_sent(form),
    }
    return render(request, "bulk_steps/new.html", context, status=status_of(form))


def _comment_sent(form: BulkStepForm) -> list[SentText]:
    comment = form["comment"].value()
    return [SentText(str(form.fields["comment"].label), comment)] if comment else []


def _progress(request: PersonRequest, bulk_step: BulkStep) -> dict[str, Any]:
    progress = progress_of(bulk_step)
    rows = [] if bulk_step.is_unfinished else rows_of(bulk_step, request.user.roles)
    refused = [row for row in rows if not row.result.is_done]
    again = [row.result for row in refused if row.is_visible]
    return {
        "bulk_step": bulk_step,
        "progress": progress,
        "refused": refused,
        "done": [row for row in rows if row.result.is_done],
        "again": len(again),
        "chosen": " ".join(str(result.sheet_id) for result in again),
        "shown": " ".join(f"{result.sheet_id}:{result.shown}" for result in again if result.shown),
        # Announced to screen readers at every quarter only.
        "milestone": f"{'running' if bulk_step.is_unfinished else 'done'}-{progress.percent // 25}",
        "is_new": True,
    }


def _keys(sent: QueryDict) -> list[int]:
    """Return the keys of the sheets: one field for each, or one for all, once and in order."""
    keys = (_number(key) for key in " ".join(sent.getlist("sheet")).split())
    return list(dict.fromkeys(key for key in keys if key))


def _seen_sheets(keys: list[int], sent: QueryDict) -> list[SeenSheet]:
    versions, shown = _pairs(sent, "versions"), _pairs(sent, "shown")
    return [SeenSheet(pk, _number(versions.get(pk, "")), shown.get(pk, "")) for pk in keys]


def _pairs(sent: QueryDict, name: str) -> dict[int, str]:
    """Return what the field ``name`` says of each sheet, by the sheet's key."""
    pairs = (pair.partition(":") for pair in sent.get(name, "").split(" "))
    return {_number(key): said for key, _, said in pairs}


def _number(word: str) -> int:
    """Return a key or version as a number, 0 where it can be none."""
    return int(word) if word.isascii() and word.isdigit() and len(word) < 10 else 0
