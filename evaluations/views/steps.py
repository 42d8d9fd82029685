"""The page that takes a step of the workflow."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from core.form_pages import add_refusal, status_of
from core.refusals import Invalid, Stale
from evaluations.enums import Action
from evaluations.forms import ActionForm
from evaluations.models import Sheet, Transition
from evaluations.paper.build import document_of
from evaluations.paper.rendering import sheet_html
from evaluations.queries.versions import changes_since_last_decision
from evaluations.queries.worklist import is_duty, next_waiting, waiting_for
from evaluations.refusals import Blocked, Difference, NoSuchStep, Problem
from evaluations.views.common import criterion_grades_of, page_to_decide, visible_sheet
from evaluations.workflow import Step, perform, step_for
from evaluations.workflow.guards import Examined
from evaluations.workflow.shown import Shown, differences, shown_in


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_act(request: PersonRequest, pk: int, action: str) -> HttpResponse:
    """Ask for confirmation of a step and for its reason; take the step and show a receipt.

    A step that approves of what the sheet says shows it: as it prints, what changed since the last
    decision, and what is fixed. If it has changed since the person's last page, that is listed.
    """
    sheet = visible_sheet(request, pk)
    if action not in Action.values:
        raise Http404
    if request.method == "POST":
        return _take_step(request, sheet, Action(action))
    step = step_for(action, sheet.state)
    if step is None:
        raise NoSuchStep(sheet, Action(action))
    step.who.decide(request.user.acting, sheet).require()
    examined = Examined(sheet)
    form = ActionForm(
        comment_required=step.comment_required,
        initial={"version": sheet.version, "shown": _token(step, examined)},
    )
    shown = shown_in(request.GET["shown"]) if "shown" in request.GET else None
    return _confirmation_page(request, step, examined, form, shown=shown)


def _take_step(request: PersonRequest, sheet: Sheet, action: Action) -> HttpResponse:
    """Take the step and redirect, or show the page with the reason against it."""
    step = step_for(action, sheet.state)
    form = ActionForm(request.POST, comment_required=bool(step and step.comment_required))
    if not form.is_valid():
        return _page(request, sheet, action, form)
    shown = shown_in(form.cleaned_data["shown"])
    try:
        transition = perform(
            sheet,
            action,
            actor=request.user,
            comment=form.cleaned_data["comment"],
            version=form.cleaned_data["version"],
            shown=shown,
        )
    except (Blocked, Invalid) as refusal:
        add_refusal(form, refusal)
        return _page(request, sheet, action, form, problems=getattr(refusal, "problems", ()))
    except Stale as refusal:
        now = visible_sheet(request, sheet.pk)
        step = step_for(action, now.state)
        if step is None or not step.who.decide(request.user.acting, now):
            raise
        examined = Examined(now)
        add_refusal(form, refusal)
        form.show_again(now.version, _token(step, examined))
        return _confirmation_page(request, step, examined, form, shown=shown)
    messages.success(request, _receipt(transition))
    following = next_waiting(request.user.roles) if request.POST.get("then") == "next" else None
    return redirect(
        page_to_decide(following) if following else reverse("sheet_detail", args=[sheet.pk])
    )


def _token(step: Step, examined: Examined) -> str:
    """Return the token of the displayed content, for steps that read it."""
    return examined.shown.token() if step.reads_content else ""


def _confirmation_page(
    request: PersonRequest,
    step: Step,
    examined: Examined,
    form: ActionForm,
    *,
    shown: Shown | None,
) -> HttpResponse:
    """Ask for confirmation; list what has changed since the sheet was ``shown``."""
    sheet = examined.sheet
    changed = (
        differences(shown, examined.shown, sheet.edition.definition)
        if shown and step.reads_content
        else ()
    )
    problems = step.problems(examined)
    beside = {} if problems or not step.reads_content else _what_is_decided(request, step, examined)
    return _page(
        request, sheet, step.action, form, problems=problems, changed=changed, beside=beside
    )


def _what_is_decided(request: PersonRequest, step: Step, examined: Examined) -> dict[str, Any]:
    """Return the context of the sheet as the person decides on it. Some five queries.

    Grades are only for the step that fixes them: the division takes the others, and sees none.
    """
    sheet, content = examined.sheet, examined.content
    context: dict[str, Any] = {
        "printed": sheet_html(document_of(sheet, content)),
        "since": changes_since_last_decision(sheet, request.user.acting, content),
    }
    if step.issues_pdf:
        definition = sheet.edition.definition
        context |= {
            "criterion_grades": criterion_grades_of(content, definition),
            "points": sheet.improvement_points.select_related("owner_division"),
        }
    return context


def _page(
    request: PersonRequest,
    sheet: Sheet,
    action: Action,
    form: ActionForm,
    *,
    problems: Sequence[Problem] = (),
    changed: Sequence[Difference] = (),
    beside: Mapping[str, Any] | None = None,
) -> HttpResponse:
    step = step_for(action, sheet.state)
    context = dict(beside or {}) | {
        "sheet": sheet,
        "action": action,
        "step": step,
        "to_state": step.leads_to(sheet) if step else None,
        "form": form,
        "problems": problems,
        "changed": changed,
        "has_next": is_duty(request.user.roles, [action])
        and waiting_for(request.user.roles).exclude(pk=sheet.pk).exists(),
    }
    return render(request, "evaluations/steps/step.html", context, status=status_of(form))


def _receipt(transition: Transition) -> str:
    at = timezone.localtime(transition.at)
    return (
        f"{transition.sheet.name}の「{transition.get_action_display()}」を受け付けました。"
        f"受付番号{transition.pk}（{at:%Y年%-m月%-d日 %H:%M}）。"
    )
