"""Signed-in browsers, one for each person, whose console errors fail the test."""

from collections.abc import Callable, Iterator
from threading import Lock
from time import monotonic, sleep
from typing import Any

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page, expect

from accounts.models import User

Desk = Callable[..., Page]

# Long enough for a busy machine. An expectation that is met returns at once.
expect.set_options(timeout=15_000)

# The time without requests after which the last page counts as finished.
QUIET_SECONDS = 0.1

TELL_OF_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));
"""


@pytest.fixture(autouse=True)
def every_request_has_its_answer(transactional_db: None) -> Iterator[None]:
    """Wait for the last requests of the pages before the tables are emptied.

    A page sends a last heartbeat when it is closed, which could deadlock with the TRUNCATE on
    PostgreSQL.
    """
    under_way = 0
    lock = Lock()

    def begin(**_: object) -> None:
        nonlocal under_way
        with lock:
            under_way += 1

    def end(**_: object) -> None:
        nonlocal under_way
        with lock:
            under_way -= 1

    request_started.connect(begin)
    request_finished.connect(end)
    yield
    quiet_since = give_up = monotonic()
    while monotonic() - quiet_since < QUIET_SECONDS and monotonic() - give_up < 10:
        sleep(0.01)
        if under_way > 0:
            quiet_since = monotonic()
    request_started.disconnect(begin)
    request_finished.disconnect(end)


@pytest.fixture
def complaints() -> list[str]:
    """The errors, warnings and CSP violations in the consoles of the browsers."""
    return []


@pytest.fixture
def at_desk(
    new_context: Callable[..., Any], live_server: Any, complaints: list[str]
) -> Iterator[Desk]:
    """Return a function that opens a browser in which ``user``, if given, has signed in.

    The test fails if the console of one of these browsers has an error or warning.
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
