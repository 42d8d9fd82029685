"""Being seen while writing. No part of the record: nothing is decided by it."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from accounts.roles import roles_of
from evaluations.models import Presence, Sheet
from evaluations.permissions import can_edit

KEPT = timedelta(days=1)


def be_present(sheet: Sheet, key: str, *, tab: str, actor: User) -> None:
    """Note that ``actor`` has the cursor in the entry ``key``; an empty ``key``: in none.

    Raises NotAllowed where ``actor`` cannot write in the sheet.
    """
    can_edit(actor, roles_of(actor), sheet).require()
    item = sheet.edition.definition.item(key)
    now = timezone.now()
    Presence.objects.filter(seen_at__lt=now - KEPT).delete()
    if item is None or not item.is_text:
        Presence.objects.filter(user=actor, tab=tab).delete()
        return
    Presence.objects.bulk_create(
        [Presence(sheet=sheet, key=key, user=actor, tab=tab, seen_at=now)],
        update_conflicts=True,
        unique_fields=["user", "tab"],
        update_fields=["sheet", "key", "seen_at"],
    )
