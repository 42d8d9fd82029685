"""The browser cleans what is pasted exactly as the server cleans what is saved."""

import unicodedata

import pytest
from playwright.sync_api import Page

from accounts.enums import Role
from core.cleaning import clean
from tests.browser.conftest import Desk
from tests.cleaning import CLEANED
from tests.factories import make_person, make_sheet

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]

CLEAN_IN_BROWSER = """async (texts) => {
  const { cleaned } = await import("/static/js/paste/cleaning.js");
  return texts.map(cleaned);
}"""


@pytest.fixture
def page(at_desk: Desk) -> Page:
    sheet = make_sheet()
    page = at_desk(make_person(Role.OFFICER, sheet.division))
    page.goto(f"/sheets/{sheet.pk}/sections/pdca/")
    return page


def test_the_table_holds_in_the_browser(page: Page) -> None:
    # Half of a surrogate pair does not get there.
    table = {typed: kept for typed, kept in CLEANED.items() if "\ud800" not in typed}
    assert page.evaluate(CLEAN_IN_BROWSER, list(table)) == list(table.values())


def test_every_character_is_cleaned_alike(page: Page) -> None:
    known = [
        chr(code)
        for code in range(0x110000)
        if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co")
    ]
    texts = [
        "".join(f"神{each}\ufe00か{each}\u3099" for each in known[start : start + 2000])
        for start in range(0, len(known), 2000)
    ]
    browser = page.evaluate(CLEAN_IN_BROWSER, texts)
    differing = [
        known[start * 2000]
        for start, (text, cleaned) in enumerate(zip(texts, browser, strict=True))
        if clean(text) != cleaned
    ]
    assert differing == []
