"""The sheets that print what the register says today: those not yet decided."""

from django.db.models import Q, QuerySet

from accounts.models import Division
from contributions.models import Contribution, Organization
from evaluations.enums import DECIDED, State
from evaluations.models import Sheet


def open_sheets_of(record: Contribution | Organization | Division) -> QuerySet[Sheet]:
    """Return the sheets that a change of ``record`` reaches, newest year first.

    A decided sheet (確定, 公表) keeps what was fixed at its approval.
    """
    match record:
        case Contribution():
            of_record = Q(contribution=record)
        case Organization():
            of_record = Q(contribution__organization=record)
        case Division():
            of_record = Q(division=record)
    return (
        Sheet.objects.filter(of_record)
        .exclude(state__in=(*DECIDED, State.EXCLUDED))
        .select_related("edition", "contribution")
        .order_by("-cycle__fiscal_year", "contribution__name", "pk")
    )
