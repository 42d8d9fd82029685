"""On a telephone: the menu and the list of sections fold, and the text box is in sight at once."""

import pytest
from playwright.sync_api import expect

from accounts.enums import Role
from evaluations.models import Sheet
from tests.browser.conftest import Desk
from tests.factories import ContributionFactory, make_person, open_year

# Styles alone, whatever the database.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]

TELEPHONE = {"width": 320, "height": 800}


def test_the_menu_and_the_sections_fold_on_a_narrow_screen(at_desk: Desk) -> None:
    contribution = ContributionFactory()
    officer = make_person(Role.OFFICER, contribution.responsible_division)
    open_year()
    section = f"/sheets/{Sheet.objects.get().pk}/sections/results_and_influence/"
    page = at_desk(officer, viewport=TELEPHONE)
    page.goto(section)

    # Neither list pushes the text below the first screen.
    text = page.get_by_role("textbox").first.bounding_box()
    assert text
    assert text["y"] + 100 <= TELEPHONE["height"]

    # Both open by keyboard, close by Escape, and lead on.
    steps = page.get_by_role("navigation", name="シートの構成")
    expect(steps.get_by_role("link").first).to_be_hidden()
    steps.get_by_role("button", name="シートの構成").press("Enter")
    expect(steps.get_by_role("link").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(steps.get_by_role("link").first).to_be_hidden()
    page.get_by_role("button", name="メニュー").press("Enter")
    page.get_by_role("link", name="シート一覧").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("シート一覧")

    # A wide screen has both in sight, and no buttons for them.
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(section)
    expect(steps.get_by_role("link").first).to_be_visible()
    expect(page.get_by_role("link", name="対応待ち")).to_be_visible()
    expect(page.get_by_role("button", name="メニュー")).to_be_hidden()
