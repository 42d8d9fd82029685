"""People at their desks: a browser of their own each, signed in, and watched for complaints."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page

from accounts.models import User

Desk = Callable[..., Page]

TELL_OF_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));
"""


@pytest.fixture
def complaints() -> list[str]:
    """Return what the browsers complain of: errors, warnings, breaches of the CSP."""
    return []


@pytest.fixture
def at_desk(
    new_context: Callable[..., Any], live_server: Any, complaints: list[str]
) -> Iterator[Desk]:
    """Return a function that opens a browser for ``user``, signed in, or for a passer-by.

    The test fails if any of these browsers complains in its console.
    """

    def open_desk(user: User | None = None, **options: Any) -> Page:
        context = new_context(
            base_url=live_server.url, locale="ja-JP", timezone_id="Asia/Tokyo", **options
        )
        context.set_default_timeout(10_000)
        if options.get("java_script_enabled", True):
            context.add_init_script(TELL_OF_VIOLATIONS)
        context.on("console", note)
        if user:
            client = Client()
            client.force_login(user)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
            )
        return context.new_page()

    def note(message: ConsoleMessage) -> None:
        # The browser reports every refusal (403, 404, 409, 422) as a resource it failed to load.
        refused = message.text.startswith("Failed to load resource: the server responded with a")
        if message.type in ("error", "warning") and not refused:
            complaints.append(f"{message.location['url']}: {message.text}")

    yield open_desk
    assert complaints == []
