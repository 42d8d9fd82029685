"""Presence: who is writing in which entry now. Not audited, since no decision rests on it."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from accounts.roles import acting_as
from evaluations.access.rules import can_edit
from evaluations.models import Presence, Sheet

RETENTION = timedelta(days=1)


def be_present(sheet: Sheet, key: str, *, tab: str, actor: User) -> None:
    """Record that ``actor`` has the cursor in the entry ``key``; "" for none.

    Raises NotAllowed if ``actor`` cannot edit the sheet.
    """
    can_edit(acting_as(actor), sheet).require()
    item = sheet.edition.definition.item(key)
    if item is None or not item.is_text:
        own = Presence.objects.filter(user=actor, tab=tab)
        # Most pages have no row, and a DELETE would wait for other writers on SQLite.
        if own.exists():
            own.delete()
        return
    Presence.objects.bulk_create(
        [Presence(sheet=sheet, key=key, user=actor, tab=tab, seen_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["user", "tab"],
        update_fields=["sheet", "key", "seen_at"],
    )


def forget_absent() -> int:
    """Delete the rows of tabs that have stopped sending heartbeats; return how many."""
    deleted, _ = Presence.objects.filter(seen_at__lt=timezone.now() - RETENTION).delete()
    return deleted
