"""Admin actions for the steps of the workflow, with a confirmation page."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from accounts.models import User
from accounts.requests import person
from evaluations.access.visibility import sheets_visible_to
from evaluations.bulk_page import bulk_context
from evaluations.enums import Action
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
    # Fetched again: the change list defers the editions, which the guards need.
    chosen = list(sheets_visible_to(person(request).roles).filter(pk__in=sheets.values("pk")))
    context = model_admin.admin_site.each_context(request) | bulk_context(request, chosen, action)
    context |= {
        "title": f"「{action.label}」の{'結果' if context['done'] else '確認'}",
        "opts": model_admin.model._meta,
        "action_checkbox_name": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/evaluations/sheet/bulk.html", context)
