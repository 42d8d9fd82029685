"""Watching a booklet being made, with scripts and without."""

import pytest
from playwright.sync_api import expect

from accounts.enums import Role
from booklets.domain.queue import work_on
from booklets.models import Booklet
from tests.browser.conftest import Desk
from tests.factories import complete, make_person, make_sheet

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_booklet_is_watched_until_it_can_be_saved(at_desk: Desk) -> None:
    complete(make_sheet())
    page = at_desk(make_person(Role.COORDINATOR))
    page.goto("/sheets/")
    page.get_by_role("link", name="この一覧を冊子・一覧表にする").click()
    expect(page.get_by_text("この条件のシートは1件です。")).to_be_visible()
    page.get_by_role("button", name="作成を始める").click()
    expect(page.get_by_text("順番を待っています。")).to_be_visible()
    expect(page.get_by_role("progressbar", name="冊子の作成")).to_have_attribute("max", "1")

    work_on(Booklet.objects.get().pk)
    expect(page.get_by_text("出来上がりました。", exact=True)).to_be_visible()
    expect(page.locator("#booklet-said")).to_have_text("冊子が出来上がりました。")
    with page.expect_download() as download:
        page.get_by_role("link", name="PDFを保存").click()
    assert download.value.suggested_filename.startswith("平成30年度評価シート_冊子_")
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def test_without_scripts_the_page_is_loaded_again(at_desk: Desk) -> None:
    complete(make_sheet())
    page = at_desk(make_person(Role.COORDINATOR), java_script_enabled=False)
    page.goto("/booklets/new/")
    page.get_by_label("一覧表（A4横のPDF）").check()
    page.get_by_role("button", name="作成を始める").click()
    expect(page.get_by_text("順番を待っています。")).to_be_visible()
    work_on(Booklet.objects.get().pk)
    expect(page.get_by_text("出来上がりました。", exact=True)).to_be_visible()
