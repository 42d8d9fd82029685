"""What the page shows and keeps, and what is stored."""

from django.conf import settings
from playwright.sync_api import Locator, Page

from evaluations.models import PdcaEntry
from tests.browser.actions import entry

TEXT = "・計画を立てた。"


def stored() -> dict[str, str]:
    return dict(PdcaEntry.objects.exclude(text="").values_list("key", "text"))


def box(page: Page, label: str = "PLAN") -> Locator:
    return entry(page, label).get_by_role("textbox")


def state(page: Page, label: str = "PLAN") -> Locator:
    return entry(page, label).locator(".entry__state")


def said(page: Page) -> Locator:
    """Return what a screen reader says by itself."""
    return page.locator("#announcements")


def kept(page: Page) -> list[str]:
    """Return the texts that wait in the tab's storage."""
    return page.evaluate("""Object.keys(sessionStorage).filter(n => n.startsWith("writing:"))
        .map(n => JSON.parse(sessionStorage.getItem(n)).text)""")


def end_session(page: Page) -> None:
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
