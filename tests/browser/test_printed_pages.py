"""Ctrl+P on a page of ours: what stands in a text box is on the paper, to its last line."""

import pytest
from playwright.sync_api import Page, expect

from accounts.enums import Role
from evaluations.enums import State
from evaluations.models import Sheet
from tests.browser.actions import entry, words_of
from tests.browser.conftest import Desk
from tests.factories import complete, make_person, make_sheet

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]

LINES = [f"第{number}行の文章。" for number in range(1, 61)]
TEXT = "\n".join(LINES)


def printed(page: Page) -> str:
    """Return the words on the paper that the browser prints; the page is as before."""
    paper = words_of(page.pdf())
    expect(page.locator(".print-copy")).to_have_count(0)
    return paper


def printed_lines(page: Page) -> list[int]:
    """Return how often each line of the text stands on the paper."""
    paper = printed(page)
    return [paper.count(line) for line in LINES]


@pytest.fixture
def sheet() -> Sheet:
    return complete(make_sheet())


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_the_writing_page_prints_every_line(at_desk: Desk, sheet: Sheet, javascript: bool) -> None:
    officer = make_person(Role.OFFICER, sheet.division)
    page = at_desk(officer, java_script_enabled=javascript)
    page.goto(f"/sheets/{sheet.pk}/sections/pdca/")
    entry(page, "PLAN").get_by_role("textbox").fill(TEXT)
    assert printed_lines(page) == [1] * 60
    assert entry(page, "PLAN").get_by_role("textbox").input_value() == TEXT


def test_the_box_of_a_reason_prints_every_line(at_desk: Desk, sheet: Sheet) -> None:
    page = at_desk(make_person(Role.COORDINATOR))
    assert sheet.state == State.DRAFT
    page.goto(f"/sheets/{sheet.pk}/act/exclude/")
    page.get_by_label("理由・連絡事項").fill(TEXT)
    assert printed_lines(page) == [1] * 60
