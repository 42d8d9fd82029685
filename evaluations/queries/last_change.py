"""When what a sheet prints changed last, by the record: nothing printed changes without it."""

from datetime import datetime
from typing import Any

from django.db.models import CharField, Max, Model, Q, QuerySet
from django.db.models.functions import Cast

from accounts.models import AuditEntry
from evaluations.models import Sheet
from staffing.models import StaffingSnapshot

# What is recorded of a sheet and stands nowhere on it: opinions and answers around it.
_NOT_PRINTED = ("sheet.second_reading", "finding.", "comment.", "suggestion.", "improvement.")


def last_change_of(sheet: Sheet) -> datetime:
    """Return when ``sheet`` last changed: a text, its state or grade, or a figure or name it shows.

    One query. A record that has been deleted, or moved to another organisation or contribution,
    is known by what the log says was there before.
    """
    contribution = sheet.contribution
    paid = {"contribution_id": contribution.pk, "fiscal_year": sheet.cycle.fiscal_year}
    staff = {"organization_id": contribution.organization_id}
    until = sheet.cycle.figures_until
    at = AuditEntry.objects.filter(
        (_one(sheet) & ~_any_of(_NOT_PRINTED))
        | _one(sheet.cycle)
        | _one(contribution)
        | _one(contribution.organization)
        | _one(sheet.division)
        | _figures(contribution.amounts.filter(**paid), paid)
        | _figures(contribution.financial_reports.filter(**paid), paid)
        | _figures(StaffingSnapshot.objects.filter(**staff, as_of__lte=until), staff)
    ).aggregate(last=Max("at"))["last"]
    return max(filter(None, (at, sheet.state_since)))


def _one(record: Model) -> Q:
    return Q(object_type=record._meta.label_lower, object_id=str(record.pk))


def _any_of(actions: tuple[str, ...]) -> Q:
    found = Q()
    for action in actions:
        found |= Q(action__startswith=action)
    return found


def _figures(shown: QuerySet[Any], place: dict[str, int]) -> Q:
    """The entries of the records ``shown`` now, and of those that stood in ``place`` before."""
    ids = shown.order_by().annotate(number=Cast("pk", CharField())).values("number")
    was_here = Q(**{f"before__{name}": value for name, value in place.items()})
    return Q(object_type=shown.model._meta.label_lower) & (Q(object_id__in=ids) | was_here)
