"""Whose session ended signs in on the page; nobody saves what another has written."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from accounts.enums import Role
from evaluations.models import Presence, Sheet
from tests.browser.actions import entry, expect_saved, write
from tests.browser.faults import faults_of
from tests.browser.writing.looking import TEXT, box, end_session, kept, said, state, stored
from tests.factories import PASSWORD, make_person

pytestmark = pytest.mark.django_db(transaction=True)


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
    expect(other.get_by_text("国際 太郎", exact=True)).to_be_visible()
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
    expect(other.get_by_text("国際 花子", exact=True)).to_be_visible()
    page.evaluate("""window.dispatchEvent(new Event("focus"))""")
    expect_saved(page, "PLAN")
