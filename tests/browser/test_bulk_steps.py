"""Watching a step being taken with many sheets, with scripts and without."""

import pytest
from playwright.sync_api import Page, expect

from accounts.enums import Role
from bulk_steps.domain.queue import work_on
from bulk_steps.models import BulkStep
from evaluations.enums import State
from evaluations.models import Sheet
from tests.browser.conftest import Desk
from tests.factories import UserFactory, complete, make_person, make_sheet, put_in_state

pytestmark = pytest.mark.django_db(transaction=True)

REASON = "期限を明らかにしてください。\n二点目も直してください。"


@pytest.fixture
def six() -> list[Sheet]:
    """Six sheets in review: one more than are taken in the request."""
    clerk = UserFactory()
    sheets = [complete(make_sheet()) for _ in range(6)]
    for sheet in sheets:
        put_in_state(sheet, State.REVIEW, submitter=clerk, confirmer=clerk, approver=clerk)
    return sheets


def return_all(page: Page) -> None:
    """Choose every sheet of the queue, and send the confirmation."""
    page.goto("/queue/")
    for box in page.get_by_role("table").get_by_role("checkbox").all():
        box.check()
    page.get_by_label("まとめて行うこと").select_option(label="差戻し")
    page.get_by_role("button", name="選んだシートの確認へ進む").click()
    page.get_by_label("理由・連絡事項").fill(REASON)
    page.get_by_role("button", name="6件を差し戻す").click()
    expect(page.get_by_role("progressbar", name="まとめて「差戻し」")).to_have_attribute("max", "6")


def test_it_is_watched_until_each_sheet_has_its_result(at_desk: Desk, six: list[Sheet]) -> None:
    page = at_desk(make_person(Role.REVIEWER))
    return_all(page)
    Sheet.objects.filter(pk=six[0].pk).update(version=9)
    work_on(BulkStep.objects.get().pk)
    said = "6件のうち5件で「差戻し」を実行しました。"
    expect(page.locator("p.lead", has_text=said)).to_be_visible()
    expect(page.locator("#bulk-step-said")).to_have_text(said)
    refused = page.get_by_role("region", name="実行しなかったシート")
    expect(refused.get_by_role("row").nth(1)).to_contain_text(
        "画面を開いた後にシートが更新されました"
    )

    # With one press it is shown again, with the words as they were, and taken at once.
    page.get_by_role("button", name="実行しなかった1件の確認へ進む").click()
    expect(page.get_by_label("理由・連絡事項")).to_have_value(REASON)
    page.get_by_role("button", name="1件を差し戻す").click()
    expect(page.get_by_text("1件のうち1件で「差戻し」を実行しました。")).to_be_visible()
    page.get_by_role("link", name="まとめて行った操作の一覧").click()
    expect(page.get_by_role("row").filter(has_text="終了")).to_have_count(2)


@pytest.mark.usefixtures("six")
def test_without_scripts_the_page_is_loaded_again(at_desk: Desk) -> None:
    page = at_desk(make_person(Role.REVIEWER), java_script_enabled=False)
    return_all(page)
    work_on(BulkStep.objects.get().pk)
    expect(page.get_by_text("6件のうち6件で「差戻し」を実行しました。")).to_be_visible()
