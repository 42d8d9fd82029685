"""Reading: who holds a role."""

from datetime import date

from django.db.models import QuerySet

from accounts.enums import Role
from accounts.models import Division, Membership, User


def people_with(role: Role, division: Division | None = None, *, on: date) -> QuerySet[User]:
    """Return who holds ``role`` on the day ``on``, each once; blocked accounts hold none.

    ``division`` None: the role for the whole ministry.
    """
    held = Membership.objects.on(on).filter(role=role, division=division)
    return User.objects.filter(is_active=True, pk__in=held.values("user"))
