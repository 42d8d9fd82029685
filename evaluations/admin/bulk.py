"""Taking one step with many sheets: a page to confirm, the reason, one result for each sheet."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from accounts.models import User
from accounts.requests import person
from evaluations.domain.bulk import preview_step, take_step
from evaluations.enums import Action
from evaluations.forms import ActionForm
from evaluations.models import Sheet
from evaluations.workflow import WORKFLOW


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
    actor = person(request)
    confirmed = "confirmed" in request.POST
    required = any(step.comment_required for step in WORKFLOW if step.action == action)
    form = ActionForm(
        request.POST if confirmed else None, comment_required=required, initial={"version": 0}
    )
    done = confirmed and form.is_valid()
    if done:
        comment = form.cleaned_data["comment"]
        seen = {sheet.pk: request.POST.get(f"version_{sheet.pk}", "") for sheet in sheets}
        lines = [take_step(s, action, actor, comment=comment, seen=seen[s.pk]) for s in sheets]
    else:
        lines = [preview_step(sheet, action, actor) for sheet in sheets]
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
