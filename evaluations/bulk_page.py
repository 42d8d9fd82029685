"""The confirmation page of a bulk action, for the pages and the admin."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from accounts.requests import person
from evaluations.enums import Action
from evaluations.forms import ActionForm
from evaluations.forms.entries import SentText
from evaluations.models import Sheet
from evaluations.workflow import WORKFLOW
from evaluations.workflow.bulk import preview_steps, take_step


def bulk_context(request: HttpRequest, sheets: Sequence[Sheet], action: Action) -> dict[str, Any]:
    """Return the template context: of each sheet whether the step is possible, or its result.

    The step is taken when the request confirms it and holds all that the step needs.
    """
    actor = person(request)
    confirmed = "confirmed" in request.POST
    required = any(step.comment_required for step in WORKFLOW if step.action == action)
    form = ActionForm(
        request.POST if confirmed else None, comment_required=required, initial={"version": 0}
    )
    done = confirmed and form.is_valid()
    if done:
        comment = form.cleaned_data["comment"]
        versions, tokens = _sent(request, "versions"), _sent(request, "shown")
        lines = [
            take_step(
                sheet,
                action,
                actor,
                comment=comment,
                seen=versions.get(str(sheet.pk), ""),
                shown=tokens.get(str(sheet.pk), ""),
            )
            for sheet in sheets
        ]
    else:
        lines = preview_steps(sheets, action, actor.acting)
    possible = sum(line.ok for line in lines)
    again = sum(bool(line.changed) for line in lines)
    sendable = [line for line in lines if line.changed or not done]
    return {
        "action": action,
        "form": form,
        "lines": lines,
        "done": done,
        "possible": possible,
        # Those that changed since they were shown are shown now, and may be sent again.
        "again": again,
        # One field each, however many sheets: a form may have only so many.
        "chosen": " ".join(str(line.sheet.pk) for line in sendable),
        "versions": " ".join(f"{line.sheet.pk}:{line.version}" for line in sendable),
        "shown": " ".join(f"{line.sheet.pk}:{line.shown}" for line in sendable if line.shown),
        # Where nothing came of it, the form is not shown again: the reason would be lost.
        "sent": [] if possible or again else _comment_sent(form),
    }


def _comment_sent(form: ActionForm) -> list[SentText]:
    comment = form["comment"].value()
    return [SentText(str(form.fields["comment"].label), comment)] if comment else []


def _sent(request: HttpRequest, name: str) -> dict[str, str]:
    """Return what the field ``name`` says of each sheet, by the sheet's key."""
    pairs = (pair.partition(":") for pair in request.POST.get(name, "").split(" "))
    return {key: said for key, _, said in pairs}
