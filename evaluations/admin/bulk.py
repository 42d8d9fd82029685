"""Admin actions for the steps of the workflow. They lead to the confirmation page of bulk steps."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from evaluations.enums import Action
from evaluations.models import Sheet
from evaluations.workflow import WORKFLOW


def bulk_actions() -> dict[str, Any]:
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
        chosen = " ".join(map(str, sheets.values_list("pk", flat=True)))
        return redirect(
            f"{reverse('bulk_step_new')}?{urlencode({'action': action, 'sheet': chosen})}"
        )

    return act
