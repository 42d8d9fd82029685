"""Grade distribution of a year, for the people who calibrate grades."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from evaluations.access.rules import can_calibrate
from evaluations.forms import CycleForm
from evaluations.models import Cycle
from evaluations.queries.calibration import distribution_of


@require_safe
def calibration(request: PersonRequest) -> HttpResponse:
    """Show the grade distribution of a year, by default the newest."""
    can_calibrate(request.user.acting).require()
    form = CycleForm(request.GET or None)
    chosen = form.cleaned_data["cycle"] if form.is_valid() else None
    cycle = chosen or Cycle.objects.select_related("edition").first()
    return render(
        request,
        "evaluations/grading/calibration.html",
        {
            "form": form,
            "cycle": cycle,
            "distribution": distribution_of(cycle) if cycle else None,
        },
    )
