"""Messages with the notes that their reader may see."""

from django.db.models import Case, F, Q, QuerySet, TextField, Value, When

from accounts.models import DivisionSuccession
from accounts.roles import Roles
from notices.models import Message


def with_readable_notes(messages: QuerySet[Message], roles: Roles) -> QuerySet[Message]:
    """Annotate ``messages`` with ``readable_note``, "" if ``roles`` may not see the note.

    Visible to people of the division or its successors, and to those who see all divisions. It
    adds no query.
    """
    if roles.sees_all_divisions:
        return messages.annotate(readable_note=F("note"))
    before = DivisionSuccession.objects.filter(successor__in=roles.divisions)
    own = Q(division__in=roles.divisions) | Q(division__in=before.values("predecessor"))
    shown = Case(When(own, then=F("note")), default=Value(""), output_field=TextField())
    return messages.annotate(readable_note=shown)
