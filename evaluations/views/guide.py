"""The page that explains the workflow, made from the table itself."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from evaluations.workflow import WORKFLOW


@require_safe
def workflow_guide(request: PersonRequest) -> HttpResponse:
    """Show who does what, from which state to which."""
    return render(request, "evaluations/workflow_guide.html", {"steps": WORKFLOW})
