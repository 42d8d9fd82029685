"""The sheets that a person may see. Every view starts here: somebody else's sheet is a 404."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import DivisionSuccession
from accounts.roles import Roles
from evaluations.enums import DECIDED
from evaluations.models import Sheet


def sheets_visible_to(roles: Roles) -> QuerySet[Sheet]:
    """Return the sheets that a person with ``roles`` may see, ready to be shown in a list.

    Reviewers and coordinators see all, viewers and auditors what is decided, a division its own
    and those of the divisions it has succeeded.
    """
    sheets = Sheet.objects.select_related(
        "cycle__edition", "edition", "division", "contribution__organization"
    )
    return sheets.defer("cycle__edition__content", "search_text").filter(visible_to(roles))


def visible_to(roles: Roles) -> Q:
    """Return the condition of ``sheets_visible_to``, for queries that show no list."""
    visible = taken_part_in_with(roles)
    if roles.is_viewer or roles.is_auditor:
        visible |= Q(state__in=DECIDED)
    return visible


def listed(sheets: QuerySet[Sheet]) -> QuerySet[Sheet]:
    """Return ``sheets`` with the definitions of their forms deferred: no list shows them."""
    return sheets.defer("edition__content")


def sheets_with_history_for(roles: Roles) -> QuerySet[Sheet]:
    """Return the sheets of which a person with ``roles`` may read who did what when, and why.

    ``reads_history`` says the same of one sheet.
    """
    sheets = Sheet.objects.select_related("edition", "division", "contribution__organization")
    return sheets if roles.is_auditor else sheets.filter(taken_part_in_with(roles))


def reads_history(roles: Roles, sheet: Sheet) -> bool:
    """Return whether a person with ``roles`` may read who did what when with ``sheet``, and why.

    That is for those who take part, and for auditors, who see of a draft this and no text.
    """
    return roles.is_auditor or takes_part(roles, sheet)


def taken_part_in_with(roles: Roles) -> Q:
    """Return the condition that a person with ``roles`` takes part in a sheet.

    Reviewers and coordinators in all, a division in its own, in those of the divisions it has
    succeeded, and in those for which it answers. ``takes_part`` says the same of one sheet.
    """
    if roles.sees_all_divisions:
        return ~Q(pk__in=[])
    own = Q(division__in=roles.divisions) | Q(division__in=_heritage(roles))
    return own | answered_for_by(roles.divisions)


def takes_part(roles: Roles, sheet: Sheet) -> bool:
    """Return whether a person with ``roles`` sees how ``sheet`` came about, not only the outcome.

    One query for people of other divisions, however often it is asked.
    """
    own = {sheet.division_id, sheet.answering_division.pk}
    if roles.sees_all_divisions or own & roles.divisions:
        return True
    return sheet.division_id in roles.inherited


def answered_for_by(divisions: Collection[int]) -> Q:
    """Return the condition that ``Sheet.answering_division`` is one of ``divisions``."""
    ended = Q(division__valid_until__lt=timezone.localdate())
    return (Q(division__in=divisions) & ~ended) | (
        Q(contribution__responsible_division__in=divisions) & ended
    )


def _heritage(roles: Roles) -> QuerySet[DivisionSuccession, Any]:
    return DivisionSuccession.objects.filter(successor__in=roles.divisions).values("predecessor")
