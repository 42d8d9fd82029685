"""The time of a sheet's last printed change, read from the audit log."""

from datetime import datetime

from django.db.models import Max, Model, Q

from audit.models import AuditEntry
from audit.records import CHILD_LEFT
from evaluations.models import Sheet

# Audited actions that change nothing on the printed sheet.
_NOT_PRINTED = ("sheet.second_reading", "finding.", "comment.", "suggestion.", "improvement.")


def last_change_of(sheet: Sheet) -> datetime:
    """Return when ``sheet`` last changed: a text, its state or grade, or a figure or name it shows.

    One query where ``fetch_register`` has fetched the figures, else four. Every record is looked
    up by its key, along an index; the deletion of one is found under the record it belonged to.
    """
    contribution, organization = sheet.contribution, sheet.contribution.organization
    year, until = sheet.cycle.fiscal_year, sheet.cycle.figures_until
    of_the_year = ~Q(action=CHILD_LEFT) | Q(before__fiscal_year=year)
    at = AuditEntry.objects.filter(
        (_of(sheet) & ~_any_of(_NOT_PRINTED))
        | _of(sheet.cycle)
        | _of(sheet.division)
        | _of(organization)
        | (_of(contribution) & of_the_year)
        | _of(*(each for each in contribution.amounts.all() if each.fiscal_year == year))
        | _of(*(each for each in contribution.financial_reports.all() if each.fiscal_year == year))
        | _of(*(each for each in organization.staffing_snapshots.all() if each.as_of <= until))
    ).aggregate(last=Max("at"))["last"]
    return max(filter(None, (at, sheet.state_since)))


def _of(*records: Model) -> Q:
    """The entries of ``records``, which are of one kind; without any, what adds nothing."""
    if not records:
        return Q()
    numbers = [str(record.pk) for record in records]
    return Q(object_type=records[0]._meta.label_lower, object_id__in=numbers)


def _any_of(actions: tuple[str, ...]) -> Q:
    found = Q()
    for action in actions:
        found |= Q(action__startswith=action)
    return found
