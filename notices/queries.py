"""Messages with what each reader may still read of them."""

from django.db.models import Case, F, Q, QuerySet, TextField, Value, When

from accounts.models import DivisionSuccession
from accounts.roles import Roles
from notices.models import Message


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
