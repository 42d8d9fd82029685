"""Beside the entry: last year's text to take over, and the page as it will print."""

import pytest
from playwright.sync_api import expect

from accounts.enums import Role
from evaluations.domain.entries import fill_entries
from tests.browser.actions import entry, expect_saved, write
from tests.factories import YEAR, complete, h30, make_person, make_sheet, open_year

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sheet():
    """This year's sheet of a contribution that was evaluated last year as well."""
    earlier = complete(make_sheet())
    fill_entries(earlier, {"act": "改善を求めた。\n見直しを約した。"})
    open_year(h30(), YEAR + 1)
    return earlier.contribution.sheets.get(cycle__fiscal_year=YEAR + 1)


@pytest.fixture
def page(at_desk, sheet):
    page = at_desk(make_person(Role.OFFICER, sheet.division))
    page.goto(f"/sheets/{sheet.pk}/sections/pdca/")
    return page


def test_last_years_lines_are_taken_over_and_can_be_taken_back(page):
    act = entry(page, "ACT")
    box = act.get_by_role("textbox")
    box.fill("今年はこうした。")
    act.get_by_role("button", name="この行を引き継ぐ").nth(1).click()
    expect(box).to_have_value("今年はこうした。\n見直しを約した。")
    expect(act.locator(".entry__state")).to_contain_text("未保存")
    page.keyboard.press("Control+z")
    expect(box).to_have_value("今年はこうした。")
    act.get_by_role("button", name="全文を引き継ぐ").click()
    expect(box).to_have_value("今年はこうした。\n改善を求めた。\n見直しを約した。")


def test_a_text_only_taken_over_is_marked_after_saving(page):
    act = entry(page, "ACT")
    act.get_by_role("button", name="全文を引き継ぐ").click()
    act.get_by_role("button", name="保存").click()
    expect_saved(page, "ACT")
    page.reload()
    expect(act).to_contain_text("今年度の記載は前年度と同じです")


def test_the_printed_page_stands_beside_and_follows(page):
    page.get_by_role("button", name="印刷の姿を横に表示").click()
    paper = page.get_by_role("region", name="印刷される様式")
    expect(paper).to_contain_text("平成30年度シート")
    write(page, "DO", "毎月の報告で把握した。")
    expect(paper).to_contain_text("毎月の報告で把握した。", timeout=2000)
    expect(page.get_by_text("PDFでは1ページです。")).to_be_visible()
    write(page, "DO", "\n".join(f"・{number}月の報告で把握した。" for number in range(1, 60)))
    expect(page.get_by_text("PDFでは3ページです。")).to_be_visible()
    entry(page, "CHECK").get_by_role("textbox").focus()
    expect(paper.locator(".printed-now")).to_have_attribute("data-item", "check")


def test_a_place_of_the_printed_page_leads_to_its_entry(page):
    page.get_by_role("button", name="印刷の姿を横に表示").click()
    paper = page.get_by_role("region", name="印刷される様式")
    paper.get_by_text("PLAN").click()
    expect(entry(page, "PLAN").get_by_role("textbox")).to_be_focused()
    paper.locator("[data-item=diplomatic_relevance]").click()
    page.wait_for_url("**/sections/diplomatic_relevance/#entry-diplomatic_relevance")
    expect(page.get_by_role("button", name="印刷の姿を閉じる")).to_be_visible()


SELECTED = """() => {
  const box = document.activeElement;
  return box.value.slice(box.selectionStart, box.selectionEnd);
}"""


def test_a_finding_leads_to_the_very_words(page, sheet):
    write(page, "DO", "😀職員の内訳は、東京2名、大阪3名（計6名）である。")
    page.get_by_role("link", name="計6名").click()
    expect(entry(page, "DO").get_by_role("textbox")).to_be_focused()
    assert page.evaluate(SELECTED) == "計6名"
    page.goto(f"/sheets/{sheet.pk}/")
    page.get_by_role("link", name="計6名").click()
    page.wait_for_url("**/sections/pdca/?words=*#entry-do")
    expect(entry(page, "DO").get_by_role("textbox")).to_be_focused()
    assert page.evaluate(SELECTED) == "計6名"
