"""A whole sheet by Tab, Enter, the arrows and letters: nothing on the way asks for a mouse."""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.enums import Role
from evaluations.enums import State
from evaluations.models import Sheet
from evaluations.queries.content import entries_of
from tests.browser.actions import entry, expect_saved
from tests.browser.conftest import Desk
from tests.browser.test_journey import TEXTS
from tests.factories import PASSWORD, ContributionFactory, make_person, open_year

pytestmark = pytest.mark.django_db(transaction=True)

FIGURES = {
    "予算額を登録・修正": {"予算額": "23,100"},
    "職員数を登録・修正": {
        "時点": "2017年12月末",
        "全職員数（専門職以上）": "1,467",
        "日本人職員数": "25",
        "日本人幹部職員数": "1",
    },
    "財政状況の報告を登録・修正": {"受領年月": "2018年6月", "報告の対象年度": "2017"},
}
ANSWER = "前年の職員数は機関に照会中である。"


def test_an_officer_needs_nothing_but_the_keyboard(at_desk: Desk) -> None:
    contribution = ContributionFactory()
    officer = make_person(Role.OFFICER, contribution.responsible_division, username="hanako")
    open_year()
    sheet = Sheet.objects.get()

    # She signs in, and finds her sheet on her desk.
    page = at_desk()
    page.goto("/")
    tab_to(page, "textbox", "ユーザー名")
    page.keyboard.type(officer.username)
    tab_to(page, "textbox", "パスワード")
    page.keyboard.type(PASSWORD)
    press(page, "ログイン")
    follow(page, contribution.name)
    follow(page, "記入する")

    # Section by section: figures first, then the texts, each saved where she stands.
    for section in sheet.edition.definition.sections:
        follow(page, section.name)
        for link, figures in FIGURES.items():
            if page.get_by_role("link", name=link).count():
                fill_in_figures(page, link, figures)
        for label, text in TEXTS.get(section.name, {}).items():
            tab_to(page, "textbox", label)
            page.keyboard.insert_text(text)
            page.keyboard.press("Control+s")
            expect_saved(page, label)
            # She goes on from where she was, not from the top of the page.
            expect(entry(page, label).get_by_role("textbox")).to_be_focused()

    # What the checks still ask is answered, and the sheet is handed in.
    follow(page, "シートの表紙に戻る")
    follow(page, "提出")
    expect(page.get_by_role("group", name="先に直すところ")).to_be_focused()
    follow(page, "回答する")
    tab_to(page, "textbox", "回答：前年同時期の職員数の記録がありません。")
    page.keyboard.insert_text(ANSWER)
    press(page, "回答を保存")
    follow(page, "提出")
    press(page, "提出する")
    expect(page.get_by_text("「提出」を受け付けました。")).to_be_visible()

    sheet.refresh_from_db()
    assert sheet.state == State.DIVISION_CHECK
    assert sheet.finding_answers.get().answer == ANSWER
    texts = sorted(text for texts in TEXTS.values() for text in texts.values())
    assert sorted(each.text for each in entries_of(sheet).values() if each.text) == texts


def fill_in_figures(page: Page, link: str, figures: dict[str, str]) -> None:
    follow(page, link)
    if "受領年月" in figures:
        tab_to(page, "radio", "受領済み")
        page.keyboard.press("Space")
    for label, figure in figures.items():
        tab_to(page, "textbox", label)
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(figure)
    press(page, "保存")


def follow(page: Page, link: str) -> None:
    """Go to a link by Tab and press Enter."""
    tab_to(page, "link", link)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def press(page: Page, button: str) -> None:
    """Go to a button that leads to another page by Tab and press Enter."""
    tab_to(page, "button", button)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def tab_to(page: Page, role: str, name: str) -> None:
    """Press Tab until the focus is on what has ``role`` and a name that begins with ``name``.

    Before it the name may have its number in the form.
    """
    wanted = page.get_by_role(role, name=re.compile(rf"^(\d )?{re.escape(name)}")).and_(
        page.locator(":focus")
    )
    for _ in range(120):
        page.keyboard.press("Tab")
        if wanted.count():
            return
    raise AssertionError(f"no way to {role} {name} by Tab")
