"""A sheet held still while something is done to it: how every verb on a sheet begins."""

from django.db.models import QuerySet

from accounts.domain.register import lock_in_order
from accounts.models import User
from accounts.roles import roles_of
from evaluations.models import Sheet
from evaluations.permissions import can_edit


def lock_sheet(sheet: Sheet) -> Sheet:
    """Return ``sheet`` as it is stored, locked until the transaction ends. One query."""
    [locked] = lock_in_order(_whole(sheet))
    return locked


def stored_sheet(sheet: Sheet) -> Sheet:
    """Return ``sheet`` as it is stored, as ``lock_sheet`` does, but not locked."""
    return _whole(sheet).get()


def _whole(sheet: Sheet) -> QuerySet[Sheet]:
    related = ("division", "edition", "cycle", "contribution__organization")
    return Sheet.objects.select_related(*related).filter(pk=sheet.pk)


def lock_to_edit(sheet: Sheet, actor: User) -> Sheet:
    """Return ``sheet`` locked, or raise NotAllowed where ``actor`` cannot edit it now."""
    locked = lock_sheet(sheet)
    can_edit(actor, roles_of(actor), locked).require()
    return locked
