"""Writing without fear: entries save themselves, whatever the network does."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from evaluations.models import Revision
from tests.browser.actions import entry, expect_saved
from tests.browser.faults import faults_of
from tests.browser.writing.looking import TEXT, box, kept, said, state, stored

pytestmark = pytest.mark.django_db(transaction=True)


# --- saving by itself ----------------------------------------------------------------------------
def test_what_is_typed_is_saved_within_two_seconds_of_a_pause(page: Page) -> None:
    page.evaluate("""document.querySelector("#announcements").textContent = "" """)
    box(page).press_sequentially(TEXT, delay=20)
    expect(state(page)).to_have_text("未保存")
    expect(said(page)).to_have_text("")
    assert kept(page) == [TEXT]
    expect(state(page)).to_have_text(re.compile(r"^保存済み \d\d:\d\d$"), timeout=2000)
    expect(said(page)).to_have_text(re.compile(r"^PLAN：保存済み \d\d:\d\d$"))
    assert (stored(), kept(page), Revision.objects.count()) == ({"plan": TEXT}, [], 0)

    # The page goes by it, and leaves the person where they were, with their undo.
    expect(box(page)).to_be_focused()
    expect(page.locator("#findings")).not_to_contain_text("「PLAN」が未記入です。")
    step = page.get_by_role("navigation", name="シートの構成").locator("[aria-current]")
    expect(step).to_contain_text("入力中")
    expect(entry(page, "PLAN")).to_contain_text(f"保存済み {len(TEXT)}字")
    page.keyboard.press("Control+z")
    expect(box(page)).not_to_have_value(TEXT)


def test_ctrl_s_saves_at_once_and_the_browser_asks_nothing(page: Page) -> None:
    page.clock.install()
    box(page).fill(TEXT)
    box(page, "DO").fill("実施した。")
    page.keyboard.press("Control+s")
    for label in ("PLAN", "DO"):
        expect_saved(page, label)
    assert stored() == {"plan": TEXT, "do": "実施した。"}


def test_typing_back_to_what_is_stored_needs_no_saving(page: Page) -> None:
    box(page).fill(TEXT)
    box(page).fill("")
    expect(state(page)).to_have_text("保存されている文章と同じです")
    assert kept(page) == []


def test_what_is_typed_while_saving_goes_with_the_next(page: Page) -> None:
    under_way: list[str] = []

    def type_on(route: Route) -> None:
        under_way.append(route.request.post_data or "")
        if len(under_way) == 1:
            box(page).press("End")
            box(page).press_sequentially("続き")
            expect(state(page)).to_have_text("保存中")
        route.continue_()

    page.route("**/autosave/", type_on)
    box(page).fill(TEXT)
    expect_saved(page, "PLAN")
    expect(box(page)).to_have_value(f"{TEXT}続き")
    assert (len(under_way), stored()) == (2, {"plan": f"{TEXT}続き"})


def test_nothing_is_sent_in_the_middle_of_a_conversion(page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    box(page).fill(TEXT)
    box(page).dispatch_event("compositionstart")
    page.keyboard.press("Control+s")
    page.wait_for_timeout(1600)
    assert [url for url in sent if "autosave" in url] == []
    expect(state(page)).to_have_text("未保存")
    box(page).dispatch_event("compositionend")
    expect_saved(page, "PLAN")


def test_a_refusal_is_told_beside_the_text(page: Page) -> None:
    box(page).fill("あ" * 5001)
    expect(state(page)).to_have_text("未保存：保存できませんでした")
    expect(said(page)).to_contain_text("5,001字の段落があります")
    expect(box(page)).to_have_accessible_description(re.compile("5,001字の段落があります"))
    assert faults_of(page) == []
    box(page).fill(TEXT)
    expect_saved(page, "PLAN")
    expect(box(page)).not_to_have_attribute("aria-invalid", "true")


# --- the network ---------------------------------------------------------------------------------
@pytest.mark.usefixtures("network_trouble")
def test_without_a_network_the_text_waits_and_goes_when_it_is_back(page: Page) -> None:
    page.context.set_offline(True)
    box(page).fill(TEXT)
    expect(state(page)).to_have_text("未保存：サーバーにつながりません")
    expect(said(page)).to_contain_text("つながり次第、自動で保存します。")
    box(page).fill(f"{TEXT}続き")
    assert (stored(), kept(page)) == ({}, [f"{TEXT}続き"])
    assert faults_of(page) == []
    page.context.set_offline(False)
    expect_saved(page, "PLAN")
    assert stored() == {"plan": f"{TEXT}続き"}


def test_a_server_in_trouble_is_tried_again(page: Page, complaints: list[str]) -> None:
    page.route("**/autosave/", lambda route: route.fulfill(status=503), times=1)
    box(page).fill(TEXT)
    expect(state(page)).to_have_text("未保存：サーバーにつながりません")
    expect_saved(page, "PLAN")
    assert stored() == {"plan": TEXT}
    assert all("503" in complaint for complaint in complaints)
    complaints.clear()


@pytest.mark.usefixtures("network_trouble")
def test_an_answer_lost_on_the_way_makes_no_conflict(page: Page) -> None:
    def lose_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/autosave/", lose_answer, times=1)
    box(page).fill(f"{TEXT}  ")
    expect(state(page)).to_have_text("未保存：サーバーにつながりません")
    assert stored() == {"plan": TEXT}
    box(page).fill(f"{TEXT}続き")
    expect_saved(page, "PLAN")
    assert stored() == {"plan": f"{TEXT}続き"}
