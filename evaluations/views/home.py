"""The home page: what waits for the person who signed in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from evaluations.access.rules import EDITABLE_STATES
from evaluations.queries.cycles import progress_of_years
from evaluations.queries.home import newly_decided, piles_of
from evaluations.queries.progress import texts_written_in
from evaluations.queries.register_gaps import gaps_in_register
from evaluations.views.common import table_rows


@require_safe
def home(request: PersonRequest) -> HttpResponse:
    """Show the piles of the person's roles, to coordinators the progress of the year.

    Administrators are told what the register lacks.
    """
    roles = request.user.roles
    piles = list(piles_of(roles))
    written = texts_written_in(
        [s for pile in piles if pile.state in EDITABLE_STATES for s in pile.sheets]
    )
    return render(
        request,
        "evaluations/home/page.html",
        {
            "roles": roles,
            "piles": [(pile, table_rows(request, pile.sheets, written)) for pile in piles],
            "years": progress_of_years() if roles.sees_all_divisions else (),
            # Only administrators register people, and see those of every division.
            "gaps": gaps_in_register() if roles.is_administrator else None,
            "decided": table_rows(request, newly_decided(roles)),
        },
    )
