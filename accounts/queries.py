"""Reading: who acts in a role, and which of what they were told they may still read."""

from datetime import date

from django.db.models import Q, QuerySet

from accounts.enums import Role
from accounts.models import Deputyship, Division, Membership, User


def people_with(role: Role, division: Division | None = None, *, on: date) -> QuerySet[User]:
    """Return who acts in ``role`` on the day ``on``, deputies included, each once.

    ``division`` None: the role for the whole ministry. Blocked accounts hold none and lend none.
    """
    return User.objects.filter(acting_as(role, division, on=on), is_active=True)


def acting_as(role: Role, division: Division | None = None, *, on: date) -> Q:
    """Return ``people_with`` as a condition on people, blocked accounts apart."""
    held = Membership.objects.on(on).filter(role=role, division=division, user__is_active=True)
    lent = Deputyship.objects.on(on).filter(membership__in=held)
    return Q(pk__in=held.values("user")) | Q(pk__in=lent.values("deputy"))
