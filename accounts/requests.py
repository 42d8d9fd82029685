"""Requests of people who signed in: what the pages behind the sign-in may rely on."""

from typing import cast

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class PersonRequest(HttpRequest):
    """A request behind the sign-in: its user is a person, never anonymous."""

    user: User
    htmx: HtmxDetails


def person(request: HttpRequest) -> User:
    """Return who sent ``request``, where its type cannot say that somebody signed in."""
    return cast(User, request.user)


def wants_json(request: HttpRequest) -> bool:
    """Return whether one of our scripts asks, which reads JSON, and not a person a page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
