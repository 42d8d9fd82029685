"""Template context processor for the number of unread messages."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.requests import person
from notices.models import Message


def unread_messages(request: HttpRequest) -> dict[str, Any]:
    """Return the number of unread messages, lazily: one query if a template uses it."""
    return {"unread_messages": SimpleLazyObject(lambda: _count(request))}


def _count(request: HttpRequest) -> int:
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return 0
    return Message.objects.filter(recipient=person(request), read_at=None).count()
