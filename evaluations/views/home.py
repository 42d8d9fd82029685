"""The home page: what waits for the person who signed in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from evaluations.queries.home import piles_of, progress_of_newest_cycle
from evaluations.views.common import with_grades


@require_safe
def home(request: PersonRequest) -> HttpResponse:
    """Show the piles of the person's roles, and to coordinators the progress of the year."""
    roles = request.user.roles
    return render(
        request,
        "evaluations/home/page.html",
        {
            "roles": roles,
            "piles": [(pile, with_grades(request, pile.sheets)) for pile in piles_of(roles)],
            "progress": progress_of_newest_cycle() if roles.sees_all_divisions else None,
        },
    )
