"""Who else is editing a sheet at the moment."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from evaluations.models import Presence, Sheet

# A tab sends a heartbeat every ten seconds; one without it for this long has gone.
FRESH = timedelta(seconds=30)


def others_in(sheet: Sheet, *, actor: User, tab: str) -> dict[str, str]:
    """Return who is in which entry besides this tab, in words, by the entry's key. One query.

    Only officers of the division of a sheet write in it, so that division is named.
    """
    fresh = Presence.objects.filter(sheet=sheet, seen_at__gte=timezone.now() - FRESH)
    found: dict[str, list[str]] = {}
    for each in fresh.exclude(user=actor, tab=tab).select_related("user").order_by("pk"):
        own = each.user_id == actor.pk
        name = "あなた（別の画面）" if own else f"{sheet.answering_division} {each.user}さん"
        names = found.setdefault(each.key, [])
        if name not in names:
            names.append(name)
    return {key: f"{'、'.join(names)}が編集中" for key, names in found.items()}
