"""Two people write at once, with JavaScript and without it: nothing is lost."""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Dialog, Page, Route, expect

from accounts.enums import Role
from accounts.models import User
from evaluations.models import PdcaEntry, Sheet
from tests.browser.actions import entry, write
from tests.browser.conftest import Desk
from tests.factories import make_person, make_sheet

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HERS = "・花子が書いた計画である。"
HIS = "・太郎が書いた計画である。\n　・数字も入れた。"

JAVASCRIPT = pytest.mark.parametrize("javascript", [True, False], ids=["htmx", "plain"])


@pytest.fixture
def sheet() -> Sheet:
    return make_sheet()


@pytest.fixture
def officers(sheet: Sheet) -> tuple[User, User]:
    return (
        make_person(Role.OFFICER, sheet.division, display_name="国際 花子"),
        make_person(Role.OFFICER, sheet.division, display_name="国際 太郎"),
    )


@pytest.fixture
def both(at_desk: Desk, officers: tuple[User, User], sheet: Sheet) -> Callable[[bool], list[Page]]:
    """Return a function that opens the same section at two desks."""

    def open_both(javascript: bool) -> list[Page]:
        pages = [at_desk(user, java_script_enabled=javascript) for user in officers]
        for page in pages:
            page.goto(f"/sheets/{sheet.pk}/sections/pdca/")
        return pages

    return open_both


def stored() -> dict[str, str]:
    return dict(PdcaEntry.objects.exclude(text="").values_list("key", "text"))


def save(page: Page, label: str, text: str) -> int:
    """Save an entry and return the status of the answer."""
    with page.expect_response(lambda response: response.request.method == "POST") as answer:
        write(page, label, text)
    return answer.value.status


@JAVASCRIPT
def test_the_second_in_one_entry_gets_both_texts_and_decides(
    both: Callable[[bool], list[Page]], officers: tuple[User, User], javascript: bool
) -> None:
    hanako, taro = both(javascript)
    assert save(hanako, "PLAN", HERS) in (200, 302)
    assert save(taro, "PLAN", HIS) == 409

    # He sees her text beside his own; hers is what is stored.
    conflict = taro.get_by_role("group", name="ほかの人の変更と重なりました")
    expect(conflict).to_contain_text("国際 花子さん")
    expect(conflict.get_by_role("region", name="保存されている文章")).to_have_text(HERS)
    expect(conflict.get_by_role("textbox")).to_have_value(HIS)
    if javascript:
        expect(conflict).to_be_focused()
    assert stored() == {"plan": HERS}

    # He joins the two and saves: now his is what both see.
    joined = f"{HERS}\n{HIS}"
    conflict.get_by_role("textbox").fill(joined)
    conflict.get_by_role("button", name="あなたの文章を保存").click()
    expect(taro.get_by_role("group", name="ほかの人の変更と重なりました")).to_have_count(0)
    expect(entry(taro, "PLAN").get_by_role("textbox")).to_have_value(joined)
    assert stored() == {"plan": joined}
    hanako.reload()
    expect(entry(hanako, "PLAN").get_by_role("textbox")).to_have_value(joined)


@JAVASCRIPT
def test_the_second_may_leave_what_is_stored(
    both: Callable[[bool], list[Page]], javascript: bool
) -> None:
    hanako, taro = both(javascript)
    save(hanako, "PLAN", HERS)
    save(taro, "PLAN", HIS)
    taro.get_by_role("link", name="保存されている文章を残す").click()
    expect(entry(taro, "PLAN").get_by_role("textbox")).to_have_value(HERS)
    assert stored() == {"plan": HERS}


@JAVASCRIPT
def test_different_entries_never_collide(
    both: Callable[[bool], list[Page]], javascript: bool
) -> None:
    hanako, taro = both(javascript)
    for page, label, text in (
        (hanako, "PLAN", HERS),
        (taro, "DO", HIS),
        (hanako, "CHECK", "点検した。"),
        (taro, "ACT", "改めた。"),
    ):
        assert save(page, label, text) in (200, 302)
        expect(page.get_by_role("status").filter(has_text="保存しました")).to_have_count(
            1 if not javascript or label in ("PLAN", "DO") else 2
        )
    assert stored() == {"plan": HERS, "do": HIS, "check": "点検した。", "act": "改めた。"}


@JAVASCRIPT
def test_who_saves_twice_is_not_in_their_own_way(
    both: Callable[[bool], list[Page]], javascript: bool
) -> None:
    hanako, _ = both(javascript)
    for text in (HERS, HIS):
        assert save(hanako, "PLAN", text) in (200, 302)
        expect(entry(hanako, "PLAN").get_by_role("textbox")).to_have_value(text)
    assert stored() == {"plan": HIS}


@JAVASCRIPT
def test_who_is_refused_still_has_the_words_and_is_told_why(
    both: Callable[[bool], list[Page]], sheet: Sheet, javascript: bool
) -> None:
    hanako, _ = both(javascript)
    Sheet.objects.filter(pk=sheet.pk).update(state="excluded")
    assert save(hanako, "PLAN", HERS) == (422 if javascript else 403)
    expect(entry(hanako, "PLAN").get_by_role("textbox")).to_have_value(HERS)
    expect(entry(hanako, "PLAN")).to_contain_text("評価対象外のため編集できません。")
    assert stored() == {}


def test_what_is_typed_while_saving_is_kept(
    both: Callable[[bool], list[Page]], officers: tuple[User, User]
) -> None:
    hanako, _ = both(True)
    textbox = entry(hanako, "PLAN").get_by_role("textbox")

    def type_on(route: Route) -> None:
        textbox.fill(f"{HERS}続き")
        route.continue_()

    hanako.route("**/entries/plan/", type_on, times=1)
    save(hanako, "PLAN", HERS)
    expect(entry(hanako, "PLAN").get_by_role("status")).to_have_text("まだ保存していません")
    expect(textbox).to_have_value(f"{HERS}続き")
    assert stored() == {"plan": HERS}
    assert save(hanako, "PLAN", f"{HERS}続き") == 200


def test_failed_saving_is_told_and_leaves_the_words(
    both: Callable[[bool], list[Page]], complaints: list[str]
) -> None:
    hanako, _ = both(True)
    state = entry(hanako, "PLAN").get_by_role("status")
    hanako.route("**/entries/plan/", lambda route: route.fulfill(status=503), times=1)
    write(hanako, "PLAN", HERS)
    expect(state).to_contain_text("保存できませんでした。文章はこの画面に残っています。")
    assert ["503" in complaint for complaint in complaints] == [True]
    complaints.clear()

    # The session ends: the sign-in page does not take the place of the words.
    hanako.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    write(hanako, "PLAN", HERS)
    expect(state).to_contain_text("ログインの有効時間が過ぎたため")
    expect(entry(hanako, "PLAN").get_by_role("textbox")).to_have_value(HERS)
    assert stored() == {}


def test_leaving_with_unsaved_words_is_asked_about(both: Callable[[bool], list[Page]]) -> None:
    hanako, _ = both(True)
    entry(hanako, "PLAN").get_by_role("textbox").fill(HERS)
    expect(entry(hanako, "PLAN").get_by_role("status")).to_have_text("まだ保存していません")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    hanako.once("dialog", stay)
    hanako.get_by_role("link", name="前へ").click(no_wait_after=True)
    hanako.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(entry(hanako, "PLAN").get_by_role("textbox")).to_have_value(HERS)
    save(hanako, "PLAN", HERS)
    expect(entry(hanako, "PLAN")).to_contain_text("保存しました")
    hanako.get_by_role("link", name="前へ").click()
    expect(hanako.get_by_role("heading", name="4 日本人職員・ポストの状況等")).to_be_visible()
