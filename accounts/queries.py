"""Reading: who acts in a role, and which of what they were told they may still read."""

from datetime import date

from django.db.models import Case, F, Q, QuerySet, TextField, Value, When

from accounts.enums import Role
from accounts.models import (
    Deputyship,
    Division,
    DivisionSuccession,
    Membership,
    Message,
    User,
)
from accounts.roles import Roles


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


def with_readable_notes(messages: QuerySet[Message], roles: Roles) -> QuerySet[Message]:
    """Return ``messages``, each with its note as ``readable_note``, "" where it is not for them.

    A note is for the people of its division and of those that have succeeded it, as long as they
    are there, and for whoever sees all divisions. No query more.
    """
    if roles.sees_all_divisions:
        return messages.annotate(readable_note=F("note"))
    before = DivisionSuccession.objects.filter(successor__in=roles.divisions)
    own = Q(division__in=roles.divisions) | Q(division__in=before.values("predecessor"))
    shown = Case(When(own, then=F("note")), default=Value(""), output_field=TextField())
    return messages.annotate(readable_note=shown)
