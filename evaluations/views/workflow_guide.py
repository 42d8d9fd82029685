"""The page that explains the workflow, rendered from its tables."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from evaluations.domain.comment_notices import COMMENT_NOTICES
from evaluations.domain.reminders import DAYS, REMINDERS
from evaluations.domain.step_notices import NOTICES
from evaluations.workflow import WORKFLOW


@require_safe
def workflow_guide(request: PersonRequest) -> HttpResponse:
    """Show each step with its states, who takes it, and who is notified."""
    return render(
        request,
        "evaluations/steps/workflow_guide.html",
        {
            "steps": WORKFLOW,
            "notices": NOTICES,
            "comment_notices": COMMENT_NOTICES,
            "reminders": REMINDERS,
            "days_before": [-day for day in DAYS if day < 0],
            "days_after": [day for day in DAYS if day > 0],
        },
    )
