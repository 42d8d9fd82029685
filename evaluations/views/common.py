"""What every page on a sheet begins with."""

from collections.abc import Iterable
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.requests import PersonRequest
from evaluations.models import Sheet
from evaluations.queries import sheets_visible_to
from evaluations.queries.progress import SectionProgress


def visible_sheet(request: PersonRequest, pk: int) -> Sheet:
    """Return the sheet, or answer 404: whoever may not see it is not told that it exists."""
    return get_object_or_404(sheets_visible_to(request.user.roles), pk=pk)


def steps_of(
    sheet: Sheet, progress: Iterable[SectionProgress], current: str = ""
) -> list[dict[str, Any]]:
    """Return the step navigation of ``sheet``; ``current`` is the key of the section shown."""
    return [
        {
            "url": reverse("sheet_section", args=[sheet.pk, each.section.key]),
            "label": each.section.name,
            "status": each.status,
            "current": each.section.key == current,
        }
        for each in progress
    ]
