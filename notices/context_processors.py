"""What every page shows of a person's messages."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.requests import person
from notices.models import Message


def unread_messages(request: HttpRequest) -> dict[str, Any]:
    """Return the number of messages that wait to be read: one query, where a page shows it."""
    return {"unread_messages": SimpleLazyObject(lambda: _count(request))}


def _count(request: HttpRequest) -> int:
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return 0
    return Message.objects.filter(recipient=person(request), read_at=None).count()
