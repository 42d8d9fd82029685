"""Closing, crashing, coming back, and a second tab: no word is lost."""

import re

import pytest
from playwright.sync_api import Dialog, Page, expect

from evaluations.models import PdcaEntry, Sheet
from tests.browser.actions import entry, expect_saved
from tests.browser.faults import faults_of
from tests.browser.writing.looking import TEXT, box, kept, said, state, stored

pytestmark = pytest.mark.django_db(transaction=True)


# --- closing, crashing, coming back --------------------------------------------------------------
@pytest.mark.usefixtures("network_trouble")
def test_a_reload_with_unsent_text_brings_it_back(page: Page) -> None:
    page.route("**/autosave/", lambda route: route.abort())
    box(page).fill(TEXT)
    expect(state(page)).to_have_text("未保存：サーバーにつながりません")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(box(page)).to_have_value(TEXT)
    expect(said(page)).to_contain_text("前回保存できなかった文章を、記入欄に戻しました")
    page.unroute("**/autosave/")
    page.keyboard.press("Control+s")
    expect_saved(page, "PLAN")
    assert (stored(), kept(page)) == ({"plan": TEXT}, [])


@pytest.mark.usefixtures("network_trouble")
def test_a_text_that_comes_back_to_another_one_is_shown_with_it(page: Page) -> None:
    page.route("**/autosave/", lambda route: route.abort())
    box(page).fill(TEXT)
    expect(state(page)).to_have_text("未保存：サーバーにつながりません")
    PdcaEntry.objects.filter(key="plan").update(text="・別の計画である。", version=1)
    page.unroute("**/autosave/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    conflict = page.get_by_role("group", name="ほかの変更と重なりました")
    expect(conflict.locator(".conflict__text del").first).to_have_text(
        "［保存されている文章のみ：別の］"
    )
    expect(box(page)).to_have_value(TEXT)
    expect(said(page)).to_contain_text("ほかの変更と重なりました")
    assert (stored(), faults_of(page)) == ({"plan": "・別の計画である。"}, [])
    # Saving by habit overwrites nothing: it leads to the choice.
    box(page).focus()
    page.keyboard.press("Control+s")
    expect(conflict).to_be_focused()
    conflict.get_by_role("button", name="保存されている文章を使う").click()
    expect(box(page)).to_have_value("・別の計画である。")
    page.keyboard.press("Control+z")
    expect(box(page)).to_have_value(TEXT)
    expect_saved(page, "PLAN")
    assert kept(page) == []


@pytest.mark.usefixtures("network_trouble")
def test_a_text_whose_entry_was_closed_meanwhile_can_be_taken_along(
    page: Page, sheet: Sheet
) -> None:
    page.route("**/autosave/", lambda route: route.abort())
    box(page).fill(TEXT)
    expect(state(page)).to_have_text("未保存：サーバーにつながりません")
    Sheet.objects.filter(pk=sheet.pk).update(state="excluded")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(entry(page, "PLAN")).to_contain_text("保存できなかったあなたの文章が残っています")
    expect(entry(page, "PLAN").locator(".entry__leftover")).to_have_text(TEXT)
    assert faults_of(page) == []
    page.get_by_role("button", name="この文章を破棄").click()
    page.reload()
    expect(entry(page, "PLAN")).not_to_contain_text(TEXT)


@pytest.mark.usefixtures("network_trouble")
def test_closing_with_unsent_text_is_asked_about(page: Page) -> None:
    page.context.set_offline(True)
    box(page).fill(TEXT)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    page.context.set_offline(False)
    expect_saved(page, "PLAN")


def test_a_link_saves_first_and_asks_nothing(page: Page) -> None:
    box(page).fill(TEXT)
    page.get_by_role("link", name="前へ").click()
    expect(page.get_by_role("heading", name="4 日本人職員・ポストの状況等")).to_be_visible()
    assert stored() == {"plan": TEXT}
    page.go_back()
    expect(box(page)).to_have_value(TEXT)


@pytest.mark.parametrize("door", ["/", "/admin/"])
@pytest.mark.usefixtures("network_trouble")
def test_signing_out_leaves_nothing_in_the_tab(page: Page, door: str) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    for each in (page, other):
        each.route("**/autosave/", lambda route: route.abort())
        each.on("dialog", lambda dialog: dialog.accept())
        box(each).fill(TEXT)
        expect(state(each)).to_have_text("未保存：サーバーにつながりません")
        assert kept(each) == [TEXT]
    page.goto(door)
    assert kept(page) == [TEXT]
    page.get_by_role("button", name="ログアウト").click()
    expect(page.get_by_role("heading", name=re.compile("ログイン|ログアウト"))).to_be_visible()
    page.wait_for_load_state()
    # Typing on in the other tab keeps nothing there: the next person at this machine finds nothing.
    box(other).press_sequentially("続き")
    assert [kept(each) for each in (page, other)] == [[], []]


# --- two tabs ------------------------------------------------------------------------------------
def test_two_tabs_of_one_person_overwrite_nothing(page: Page) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    box(page).fill(TEXT)
    expect_saved(page, "PLAN")
    box(other).fill("・もう一つの計画。")
    expect(state(other)).to_have_text("未保存：ほかの変更と重なりました")
    conflict = other.get_by_role("group", name="ほかの変更と重なりました")
    expect(conflict).to_contain_text("あなたが別の画面で保存しました。")
    # The clock takes nobody's focus away.
    expect(box(other)).to_be_focused()
    assert stored() == {"plan": TEXT}
    conflict.get_by_role("button", name="記入欄の文章を保存").click()
    expect_saved(other, "PLAN")
    assert stored() == {"plan": "・もう一つの計画。"}
