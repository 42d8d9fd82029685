"""The page on which hanako writes."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from accounts.enums import Role
from accounts.models import User
from evaluations.models import Sheet
from tests.browser.conftest import Desk
from tests.factories import make_person, make_sheet


@pytest.fixture
def sheet() -> Sheet:
    return make_sheet()


@pytest.fixture
def hanako(sheet: Sheet) -> User:
    return make_person(Role.OFFICER, sheet.division, username="hanako", display_name="国際 花子")


@pytest.fixture
def open_page(at_desk: Desk, hanako: User, sheet: Sheet) -> Callable[[], Page]:
    def open_one() -> Page:
        page = at_desk(hanako)
        page.goto(f"/sheets/{sheet.pk}/sections/pdca/")
        return page

    return open_one


@pytest.fixture
def page(open_page: Callable[[], Page]) -> Page:
    return open_page()


@pytest.fixture
def network_trouble(at_desk: Desk, complaints: list[str]) -> Iterator[None]:
    """Ignore console errors about requests that failed."""
    yield
    complaints[:] = [c for c in complaints if "Failed to load resource: net::ERR" not in c]
