"""Moving a sheet along the workflow, and grading it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from evaluations.domain.grading import grade_sheet
from evaluations.enums import Action
from evaluations.forms import ActionForm, GradeForm
from evaluations.permissions import can_grade
from evaluations.refusals import Blocked, Invalid, NotAllowed, Problem, Refusal
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
            raise Refusal(
                f"「{sheet.get_state_display()}」のシートに「{Action(action).label}」はできません。"
            )
        if not (decision := step.who.decide(request.user, request.user.roles, sheet)):
            raise NotAllowed(decision.reason)
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
        problems = tuple(problem for guard in step.guards for problem in guard.problems(sheet))
    context = {
        "sheet": sheet,
        "action": Action(action),
        "step": step,
        "to_state": step.leads_to(sheet) if step else None,
        "form": form,
        "problems": problems,
    }
    return render(request, "evaluations/sheet_act.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_grade(request: PersonRequest, pk: int) -> HttpResponse:
    """Give the overall grade with a reason, beside the yardstick."""
    sheet = visible_sheet(request, pk)
    if not (decision := can_grade(request.user, request.user.roles, sheet)):
        raise NotAllowed(decision.reason)
    scale = sheet.edition.definition.overall_scale
    if scale is None:
        raise Http404
    form = GradeForm(
        request.POST or None,
        scale=scale,
        initial={
            "grade": sheet.overall_grade,
            "reason": sheet.overall_grade_reason,
            "version": sheet.version,
        },
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                grade_sheet(sheet, **form.cleaned_data, actor=request.user)
            except Refusal as refusal:
                form.add_error(None, refusal.message)
                status = refusal.status
            else:
                messages.success(request, f"総合評価「{sheet.overall_grade}」を記録しました。")
                return redirect("sheet_detail", pk=pk)
    return render(
        request, "evaluations/sheet_grade.html", {"sheet": sheet, "form": form}, status=status
    )
