"""Writing without fear: entries save themselves, and whatever happens, no word is lost."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import Dialog, Locator, Page, Route, expect

from accounts.enums import Role
from accounts.models import User
from evaluations.models import PdcaEntry, Presence, Revision, Sheet
from tests.browser.actions import entry, expect_saved, write
from tests.browser.conftest import Desk
from tests.browser.test_accessibility import faults_of
from tests.factories import PASSWORD, make_person, make_sheet

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "・計画を立てた。"


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
    """Let the browser complain of what it could not load."""
    yield
    complaints[:] = [c for c in complaints if "Failed to load resource: net::ERR" not in c]


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


# --- saving by itself ------------------------------------------------------------------------
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


# --- the network -----------------------------------------------------------------------------
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


# --- the session -----------------------------------------------------------------------------
def end_session(page: Page) -> None:
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


def sign_in(page: Page, username: str) -> None:
    dialog = page.get_by_role("dialog", name="ログインし直してください")
    dialog.get_by_label("ユーザー名").fill(username)
    dialog.get_by_label("パスワード").fill(PASSWORD)
    dialog.get_by_role("button", name="ログインして保存").click()


def test_who_is_signed_out_signs_in_on_the_page_and_the_text_goes(page: Page) -> None:
    page.evaluate("window.stayed = true")
    end_session(page)
    box(page).fill(TEXT)
    expect(state(page)).to_have_text("未保存：ログインし直してください")
    expect(said(page)).to_contain_text("ログインの有効時間が過ぎたため")
    # Nobody is torn away from typing: the dialog comes when it is asked for.
    expect(box(page)).to_be_focused()
    box(page, "DO").fill("実施した。")
    expect(state(page, "DO")).to_have_text("未保存：ログインし直してください")
    assert faults_of(page) == []
    entry(page, "PLAN").get_by_role("button", name="ログインし直す").click()
    assert faults_of(page) == []
    sign_in(page, "dare-demo-nai")
    expect(page.get_by_role("alert")).to_have_text(
        "＊入力されたユーザー名もしくはパスワードが正しくありません。"
    )
    assert faults_of(page) == []
    sign_in(page, "hanako")
    expect(page.get_by_role("dialog")).to_have_count(0)
    for label in ("PLAN", "DO"):
        expect_saved(page, label)
    assert stored() == {"plan": TEXT, "do": "実施した。"}
    assert page.evaluate("window.stayed")
    # The whole page goes on with the new session: the button to sign out, for one.
    page.get_by_role("button", name="ログアウト").click()
    expect(page.get_by_role("heading", name="ログイン")).to_be_visible()


def test_who_saves_themselves_is_asked_at_once(page: Page) -> None:
    Session.objects.all().delete()
    box(page).fill(TEXT)
    page.keyboard.press("Control+s")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("button", name="あとで").click()
    assert kept(page) == [TEXT]


def test_another_person_does_not_save_what_she_wrote(page: Page, sheet: Sheet) -> None:
    make_person(Role.OFFICER, sheet.division, username="taro", display_name="国際 太郎")
    end_session(page)
    write(page, "PLAN", TEXT)
    sign_in(page, "taro")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("国際 太郎さんとしてログインしました。")
    expect(alert).to_contain_text("国際 花子さんのものなので、送っていません。")
    page.get_by_role("button", name="あとで").click()
    box(page).fill(f"{TEXT}続き")
    page.keyboard.press("Control+s")
    expect(alert).to_contain_text("今は国際 太郎さんとしてログインしているため")
    assert stored() == {}
    sign_in(page, "hanako")
    expect_saved(page, "PLAN")
    assert stored() == {"plan": f"{TEXT}続き"}


def test_another_person_in_another_tab_does_not_save_it_either(page: Page, sheet: Sheet) -> None:
    make_person(Role.OFFICER, sheet.division, username="taro", display_name="国際 太郎")
    other = page.context.new_page()
    other.goto("/")
    other.get_by_role("button", name="ログアウト").click()
    other.get_by_label("ユーザー名").fill("taro")
    other.get_by_label("パスワード").fill(PASSWORD)
    other.get_by_role("main").get_by_role("button", name="ログイン").click()
    expect(other.get_by_text("国際 太郎")).to_be_visible()
    box(page).fill(TEXT)
    expect(state(page)).to_have_text("未保存：別の人がログインしています")
    expect(entry(page, "PLAN")).to_contain_text("今は国際 太郎さんとしてログインしているため")
    # Her text stays in its box; of what she wrote after signing out, nothing is kept for others.
    expect(box(page)).to_have_value(TEXT)
    assert (stored(), kept(page), Presence.objects.count()) == ({}, [], 0)
    assert faults_of(page) == []


def test_signing_in_again_in_another_tab_is_enough(page: Page) -> None:
    end_session(page)
    box(page).fill(TEXT)
    expect(state(page)).to_have_text("未保存：ログインし直してください")
    other = page.context.new_page()
    other.goto("/")
    other.get_by_label("ユーザー名").fill("hanako")
    other.get_by_label("パスワード").fill(PASSWORD)
    other.get_by_role("main").get_by_role("button", name="ログイン").click()
    expect(other.get_by_text("国際 花子")).to_be_visible()
    page.evaluate("""window.dispatchEvent(new Event("focus"))""")
    expect_saved(page, "PLAN")


# --- closing, crashing, coming back ----------------------------------------------------------
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
    # Typing on in the other tab keeps nothing there: whoever sits down here next finds nothing.
    box(other).press_sequentially("続き")
    assert [kept(each) for each in (page, other)] == [[], []]


# --- two tabs ----------------------------------------------------------------------------------
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
