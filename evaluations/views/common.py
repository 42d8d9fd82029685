"""What every page on a sheet begins with."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from evaluations.models import Sheet
from evaluations.queries import sheets_visible_to


def visible_sheet(request: HttpRequest, pk: int) -> Sheet:
    """Return the sheet, or answer 404: whoever may not see it is not told that it exists."""
    return get_object_or_404(sheets_visible_to(request.user.roles), pk=pk)
