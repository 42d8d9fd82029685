"""Typed words are safe in every form: kept, asked about, sent as whose they are, given back."""

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from playwright.sync_api import Dialog, Locator, Page, expect

from accounts.models import User
from evaluations.enums import State
from evaluations.models import Comment, PdcaEntry, Sheet
from tests.browser.actions import entry
from tests.browser.conftest import Desk
from tests.browser.faults import faults_of
from tests.evaluations.review import comment
from tests.evaluations.scene import Ministry, make_ministry
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "・時期を述べる。\n  ・次の行も残る。"
SEND = "担当課室にも見えるコメントを残す"


@pytest.fixture
def ministry() -> Ministry:
    ministry = make_ministry()
    ministry.put(State.REVIEW)
    return ministry


@pytest.fixture
def reviewer(ministry: Ministry) -> User:
    return ministry.people["reviewer"]


@pytest.fixture
def page(at_desk: Desk, ministry: Ministry, reviewer: User) -> Page:
    page = at_desk(reviewer)
    open_form(page, ministry.sheet)
    return page


class Asked:
    """Counts how often the browser asks before a page is left, and answers for the person."""

    def __init__(self, page: Page) -> None:
        self.times = 0
        self.leaves = False
        page.on("dialog", self.answer)

    def answer(self, dialog: Dialog) -> None:
        self.times += 1
        if self.leaves:
            dialog.accept()
        else:
            dialog.dismiss()


@pytest.fixture
def asked(page: Page) -> Asked:
    return Asked(page)


def open_form(page: Page, sheet: Sheet) -> None:
    page.goto(f"/sheets/{sheet.pk}/entries/plan/comments/")
    page.get_by_text("コメントする").click()
    page.wait_for_load_state("networkidle")


def box(page: Page) -> Locator:
    return page.get_by_label("コメント", exact=False).and_(page.locator("textarea[name=text]"))


def press(page: Page, button: str = SEND) -> None:
    page.get_by_role("button", name=button).click()


def stored() -> list[str]:
    return list(Comment.objects.order_by("pk").values_list("text", flat=True))


def sign_in_elsewhere(page: Page, username: str) -> None:
    """Sign out and in again in another tab."""
    other = page.context.new_page()
    other.goto("/")
    other.get_by_role("button", name="ログアウト").click()
    other.get_by_label("ユーザー名").fill(username)
    other.get_by_label("パスワード").fill(PASSWORD)
    other.get_by_role("main").get_by_role("button", name="ログイン").click()
    expect(other.get_by_role("button", name="ログアウト")).to_be_visible()
    other.close()


def expect_sent(page: Page) -> None:
    expect(page.get_by_role("status").filter(has_text="コメントを残しました")).to_be_visible()
    assert stored() == [WORDS]


# --- pressed -------------------------------------------------------------------------------------
def test_signed_out_and_in_again_in_another_tab_the_words_are_sent(
    page: Page, reviewer: User
) -> None:
    box(page).fill(WORDS)
    sign_in_elsewhere(page, reviewer.username)
    press(page)
    expect_sent(page)


def test_the_session_over_they_sign_in_on_the_page_and_the_words_are_sent(
    page: Page, reviewer: User
) -> None:
    box(page).fill(WORDS)
    Session.objects.all().delete()
    press(page)
    dialog = page.get_by_role("dialog", name="ログインし直してください")
    assert faults_of(page) == []
    dialog.get_by_role("button", name="あとで").click()
    expect(box(page)).to_have_value(WORDS)
    press(page)
    dialog.get_by_label("ユーザー名").fill(reviewer.username)
    dialog.get_by_label("パスワード").fill(PASSWORD)
    dialog.get_by_role("button", name="ログインして保存").click()
    expect_sent(page)


def test_another_person_does_not_send_them(page: Page, ministry: Ministry) -> None:
    box(page).fill(WORDS)
    sign_in_elsewhere(page, ministry.people["coordinator"].username)
    press(page)
    expect(page.get_by_role("alert")).to_contain_text(
        "今は取纏 良子さんとしてログインしているため、この画面の文章は送っていません。"
    )
    assert stored() == []


def test_a_server_that_is_away_leaves_the_words_on_the_page(
    page: Page, complaints: list[str]
) -> None:
    box(page).fill(WORDS)
    page.context.set_offline(True)
    press(page)
    expect(page.get_by_role("alert")).to_contain_text("サーバーにつながらないため")
    page.context.set_offline(False)
    press(page)
    expect_sent(page)
    complaints[:] = [each for each in complaints if "net::ERR" not in each]


def test_a_locked_database_gives_the_words_back_to_be_sent_again(
    page: Page, ministry: Ministry, asked: Asked, complaints: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    box(page).fill(WORDS)
    with monkeypatch.context() as locked:
        locked.setattr("evaluations.views.comments.open_thread", _locked)
        press(page)
        expect(page.get_by_role("heading", level=1)).to_contain_text("混み合っているため")
    expect(page.get_by_label("コメント")).to_have_value(WORDS)
    assert faults_of(page) == []
    # The page holds unsent words, and so does the form it came from.
    page.get_by_role("link", name="ホームへ").click()
    assert asked.times == 1
    press(page, "もう一度送信")
    expect_sent(page)
    assert asked.times == 1
    open_form(page, ministry.sheet)
    expect(box(page)).to_have_value("")
    complaints[:] = [each for each in complaints if "503" not in each]


def _locked(*_: object, **__: object) -> None:
    raise OperationalError("database is locked")


def test_without_scripts_the_server_alone_gives_them_back(
    at_desk: Desk, ministry: Ministry, reviewer: User
) -> None:
    page = at_desk(reviewer, java_script_enabled=False)
    page.goto(f"/sheets/{ministry.sheet.pk}/entries/plan/comments/")
    page.get_by_text("コメントする").click()
    box(page).fill(WORDS)
    Session.objects.all().delete()
    press(page)
    expect(page.get_by_label("コメント")).to_have_value(WORDS)
    page.get_by_label("ユーザー名").fill(reviewer.username)
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="ログイン").click()
    expect(page.get_by_label("コメント")).to_have_value(WORDS)
    press(page, "審査 一郎さんとしてもう一度送信")
    expect_sent(page)


# --- left ----------------------------------------------------------------------------------------
def test_leaving_is_asked_about_where_there_are_words_and_they_come_back(
    page: Page, ministry: Ministry, asked: Asked
) -> None:
    box(page).fill("書いて消した。")
    box(page).fill("")
    page.reload()
    assert asked.times == 0
    open_form(page, ministry.sheet)
    box(page).fill(WORDS)
    page.get_by_role("link", name="ホーム", exact=True).click()
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert asked.times == 2
    asked.leaves = True
    page.reload()
    assert asked.times == 3
    notice = page.get_by_role("status").filter(
        has_text="前回送信していない文章を、記入欄に戻しました"
    )
    expect(notice).to_be_visible()
    expect(box(page)).to_have_value(WORDS)
    assert faults_of(page) == []
    notice.get_by_role("button", name="この文章を破棄").click()
    expect(box(page)).to_have_value("")
    page.reload()
    assert asked.times == 3
    expect(box(page)).to_have_value("")


def test_going_back_brings_the_words_as_unsent_until_they_are_sent(
    page: Page, ministry: Ministry, asked: Asked
) -> None:
    """Whether or not the browser itself fills in what stood there."""
    page.goto(f"/sheets/{ministry.sheet.pk}/act/return/")
    page.get_by_label("理由・連絡事項").fill(WORDS)
    asked.leaves = True
    page.get_by_role("link", name="ホーム", exact=True).click()
    page.go_back()
    expect(page.get_by_label("理由・連絡事項")).to_have_value(WORDS)
    page.get_by_role("link", name="ホーム", exact=True).click()
    assert asked.times == 2
    page.go_back()
    press(page, "差し戻す")
    expect(page.get_by_role("status").filter(has_text="受け付けました")).to_be_visible()
    page.go_back()
    page.goto("/")
    assert asked.times == 2


def test_a_refused_form_still_holds_unsent_words(page: Page, asked: Asked) -> None:
    """The server answered with the page and an error: the words stand in the box, and nowhere."""
    box(page).fill(WORDS)
    page.locator("textarea[name=quote]").fill("どこにもない語句")
    press(page)
    expect(page.get_by_role("group", name="入力エラーのお知らせ")).to_be_visible()
    page.get_by_role("link", name="ホーム", exact=True).click()
    assert asked.times == 1
    page.locator("textarea[name=quote]").fill("")
    press(page)
    expect_sent(page)
    assert asked.times == 1


# --- in the admin --------------------------------------------------------------------------------
def test_the_register_is_as_safe(at_desk: Desk, ministry: Ministry) -> None:
    coordinator = ministry.people["coordinator"]
    page = at_desk(coordinator)
    organization = ministry.sheet.contribution.organization
    page.goto(f"/admin/contributions/organization/{organization.pk}/change/")
    page.wait_for_load_state("networkidle")
    asked = Asked(page)
    page.get_by_label("機関名").fill("改めた機関")
    page.get_by_role("link", name="ホーム").first.click()
    assert asked.times == 1
    Session.objects.all().delete()
    press(page, "保存して編集を続ける")
    dialog = page.get_by_role("dialog", name="ログインし直してください")
    dialog.get_by_label("ユーザー名").fill(coordinator.username)
    dialog.get_by_label("パスワード").fill(PASSWORD)
    dialog.get_by_role("button", name="ログインして保存").click()
    # The button goes along: the same page comes again.
    expect(page.get_by_text("を変更しました。")).to_be_visible()
    expect(page.get_by_label("機関名")).to_have_value("改めた機関")
    organization.refresh_from_db()
    assert (organization.name_ja, asked.times) == ("改めた機関", 1)


# --- beside an entry that saves itself -----------------------------------------------------------
def test_the_button_pressed_beside_an_unsent_entry_goes_along(
    at_desk: Desk, ministry: Ministry, reviewer: User
) -> None:
    comment(ministry.sheet, reviewer)
    ministry.put(State.RETURNED)
    page = at_desk(ministry.people["officer"])
    page.goto(f"/sheets/{ministry.sheet.pk}/sections/pdca/")
    page.wait_for_load_state("networkidle")
    asked = Asked(page)
    page.get_by_text("返答・対応の報告").click()
    page.locator("form[action*=comments] textarea[name=text]").first.fill(WORDS)
    entry(page, "PLAN").get_by_role("textbox").first.fill("・書き直した。")
    page.get_by_role("button", name="対応しましたと伝える").click()
    receipt = page.get_by_role("status").filter(has_text="対応したことを伝えました。")
    expect(receipt).to_be_visible()
    assert list(Comment.objects.order_by("pk").values_list("kind", "text"))[1:] == [
        ("addressed", WORDS)
    ]
    assert PdcaEntry.objects.get(sheet=ministry.sheet, key="plan").text == "・書き直した。"
    assert asked.times == 0
