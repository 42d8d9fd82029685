"""Moving a sheet along the workflow."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from evaluations.enums import Action
from evaluations.forms import ActionForm
from evaluations.guards import Examined
from evaluations.refusals import Blocked, Invalid, NoSuchStep, Problem
from evaluations.views.common import visible_sheet
from evaluations.workflow import perform, step_for


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_act(request: PersonRequest, pk: int, action: str) -> HttpResponse:
    """Ask for confirmation of a step, with its reason; take it, and give a receipt."""
    sheet = visible_sheet(request, pk)
    if action not in Action.values:
        raise Http404
    step = step_for(action, sheet.state)
    if request.method != "POST":
        if step is None:
            raise NoSuchStep(sheet, Action(action))
        step.who.decide(request.user, request.user.roles, sheet).require()
    comment_required = bool(step and step.comment_required)
    form = ActionForm(
        request.POST or None,
        comment_required=comment_required,
        initial={"version": sheet.version},
    )
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                transition = perform(
                    sheet,
                    action,
                    actor=request.user,
                    comment=form.cleaned_data["comment"],
                    version=form.cleaned_data["version"],
                )
            except (Blocked, Invalid) as refusal:
                form.add_error(None, refusal.message)
                problems = getattr(refusal, "problems", ())
            else:
                at = timezone.localtime(transition.at)
                messages.success(
                    request,
                    f"「{transition.get_action_display()}」を受け付けました。"
                    f"受付番号{transition.pk}（{at:%Y年%-m月%-d日 %H:%M}）。",
                )
                return redirect("sheet_detail", pk=pk)
    elif step:
        problems = step.problems(Examined(sheet))
    context = {
        "sheet": sheet,
        "action": Action(action),
        "step": step,
        "to_state": step.leads_to(sheet) if step else None,
        "form": form,
        "problems": problems,
    }
    return render(request, "evaluations/sheet_act.html", context, status=status)
