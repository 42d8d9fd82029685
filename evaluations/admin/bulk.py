"""Taking one step with many sheets: a page to confirm, the reason, one result for each sheet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from accounts.models import User
from accounts.requests import person
from evaluations.enums import Action
from evaluations.forms import ActionForm
from evaluations.models import Sheet
from evaluations.refusals import Problem, Refusal
from evaluations.workflow import WORKFLOW, perform, step_for


@dataclass(frozen=True)
class Line:
    """One sheet on the confirmation page or among the results."""

    sheet: Sheet
    version: int
    ok: bool
    message: str
    problems: tuple[Problem, ...] = ()


def bulk_actions_for(user: User) -> dict[str, Any]:
    """Return the admin's actions: the workflow's steps, named in Japanese."""
    return {
        action.value: (_action(action), action.value, f"{action.label}（{_states(action)}）")
        for action in Action
    }


def _states(action: Action) -> str:
    states = [
        state.label for step in WORKFLOW if step.action == action for state in step.from_states
    ]
    return "・".join(dict.fromkeys(states))


def _action(action: Action) -> Callable[..., HttpResponse]:
    def act(model_admin: admin.ModelAdmin, request: HttpRequest, sheets: QuerySet[Sheet]) -> Any:
        return _answer(model_admin, request, sheets, action)

    return act


def _answer(
    model_admin: admin.ModelAdmin, request: HttpRequest, sheets: QuerySet[Sheet], action: Action
) -> HttpResponse:
    """Ask for confirmation first; act when the confirmation comes back."""
    confirmed = "confirmed" in request.POST
    required = any(step.comment_required for step in WORKFLOW if step.action == action)
    form = ActionForm(
        request.POST if confirmed else None, comment_required=required, initial={"version": 0}
    )
    done = confirmed and form.is_valid()
    if done:
        comment = form.cleaned_data["comment"]
        lines = [_take(sheet, action, request, comment) for sheet in sheets]
    else:
        lines = [_preview(sheet, action, request) for sheet in sheets]
    context = model_admin.admin_site.each_context(request) | {
        "title": f"「{action.label}」の{'結果' if done else '確認'}",
        "opts": model_admin.model._meta,
        "action": action,
        "form": form,
        "lines": lines,
        "done": done,
        "possible": sum(line.ok for line in lines),
        "action_checkbox_name": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/evaluations/sheet/bulk.html", context)


def _preview(sheet: Sheet, action: Action, request: HttpRequest) -> Line:
    """Say whether the step is possible for ``sheet``, without taking it."""
    step = step_for(action, sheet.state)
    if step is None:
        state = sheet.get_state_display()
        return Line(sheet, sheet.version, False, f"「{state}」のため対象になりません。")
    if not (decision := step.who.decide(person(request), person(request).roles, sheet)):
        return Line(sheet, sheet.version, False, decision.reason)
    problems = tuple(problem for guard in step.guards for problem in guard.problems(sheet))
    if problems:
        return Line(sheet, sheet.version, False, "先に直すところがあります。", problems)
    return Line(sheet, sheet.version, True, "実行できます。")


def _take(sheet: Sheet, action: Action, request: HttpRequest, comment: str) -> Line:
    """Take the step with ``sheet`` as it was seen on the confirmation page."""
    seen = request.POST.get(f"version_{sheet.pk}", "")
    # The version before is that of a request which may have been taken already.
    versions = {str(version): version for version in (sheet.version, sheet.version - 1)}
    version = versions.get(seen, 0)
    try:
        perform(sheet, action, actor=person(request), comment=comment, version=version)
    except Refusal as refusal:
        problems = getattr(refusal, "problems", ())
        return Line(sheet, version, False, refusal.message, problems)
    return Line(sheet, version, True, f"「{action.label}」を実行しました。")
