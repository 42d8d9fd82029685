"""Two people write at once, with JavaScript and without it: nothing is lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from accounts.enums import Role
from accounts.models import User
from evaluations.models import PdcaEntry, Presence, Sheet
from tests.browser.actions import entry, expect_saved, write
from tests.browser.conftest import Desk
from tests.browser.faults import faults_of
from tests.factories import make_person, make_sheet

pytestmark = pytest.mark.django_db(transaction=True)

HERS = "・花子が書いた計画である。"
HIS = "・太郎が書いた計画である。\n　・数字も入れた。"

JAVASCRIPT = pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])


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
    with page.expect_response(lambda response: "/entries/" in response.url) as answer:
        write(page, label, text)
    return answer.value.status


def conflict_of(page: Page) -> Locator:
    return page.get_by_role("group", name="ほかの変更と重なりました")


@JAVASCRIPT
def test_the_second_in_one_entry_gets_both_texts_and_decides(
    both: Callable[[bool], list[Page]], officers: tuple[User, User], javascript: bool
) -> None:
    hanako, taro = both(javascript)
    assert save(hanako, "PLAN", HERS) in (200, 302)
    assert save(taro, "PLAN", HIS) == 409

    # He sees her text beside his own, and where they differ; hers is what is stored.
    conflict, box = conflict_of(taro), entry(taro, "PLAN").get_by_role("textbox")
    expect(conflict).to_contain_text("国際 花子さん")
    theirs = conflict.get_by_role("region", name="保存されている文章")
    expect(theirs).to_have_text("・［保存されている文章のみ：花子］が書いた計画である。")
    expect(theirs.locator("del")).to_have_css("text-decoration-line", "line-through")
    mine = conflict.get_by_role("region", name="あなたの文章")
    expect(mine.locator("ins").first).to_have_text("［あなたの文章のみ：太郎］")
    expect(mine.locator("ins").first).to_have_css("text-decoration-line", "underline")
    expect(box).to_have_value(HIS)
    if javascript:
        expect(conflict).to_be_focused()
    assert stored() == {"plan": HERS}

    # He joins the two and saves: now his is what both see.
    joined = f"{HERS}\n{HIS}"
    box.fill(joined)
    conflict.get_by_role("button", name="記入欄の文章を保存").click()
    expect(conflict).to_have_count(0)
    expect(box).to_have_value(joined)
    if javascript:
        expect_saved(taro, "PLAN")
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
    taro.get_by_role("button" if javascript else "link", name="保存されている文章を使う").click()
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
        if javascript:
            expect_saved(page, label)
        else:
            expect(page.get_by_text(f"「{label}」を保存しました。")).to_be_visible()
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
    assert save(hanako, "PLAN", HERS) == 403
    expect(entry(hanako, "PLAN").get_by_role("textbox")).to_have_value(HERS)
    expect(entry(hanako, "PLAN")).to_contain_text("評価対象外のため編集できません。")
    assert stored() == {}


# --- who else is here ------------------------------------------------------------------------
def presence(page: Page, label: str) -> Locator:
    return entry(page, label).locator("[data-presence]")


def test_each_sees_where_the_other_writes_until_they_have_gone(
    at_desk: Desk, officers: tuple[User, User], sheet: Sheet
) -> None:
    hanako, taro = (at_desk(user) for user in officers)
    for page in (hanako, taro):
        page.clock.install()
        page.goto(f"/sheets/{sheet.pk}/sections/pdca/")
    division = sheet.division.name
    entry(taro, "PLAN").get_by_role("textbox").focus()
    with taro.expect_response("**/presence/"):
        taro.clock.fast_forward(300)
    expect(presence(hanako, "PLAN")).to_be_hidden()
    hanako.clock.fast_forward(10_000)
    expect(presence(hanako, "PLAN")).to_have_text(f"{division} 国際 太郎さんが編集中")
    assert faults_of(hanako) == []

    # She comes into the same entry: it is said aloud, to him too; nothing is locked.
    entry(hanako, "PLAN").get_by_role("textbox").focus()
    with hanako.expect_response("**/presence/"):
        hanako.clock.fast_forward(300)
    taro.clock.fast_forward(10_000)
    expect(taro.locator("#announcements")).to_have_text(f"PLAN：{division} 国際 花子さんが編集中")
    write(hanako, "PLAN", HERS)
    expect_saved(hanako, "PLAN")

    # He goes on to another entry, then his machine falls silent.
    entry(taro, "DO").get_by_role("textbox").focus()
    with taro.expect_response("**/presence/"):
        taro.clock.fast_forward(300)
    hanako.clock.fast_forward(10_000)
    expect(presence(hanako, "DO")).to_be_visible()
    expect(presence(hanako, "PLAN")).to_be_hidden()
    Presence.objects.filter(user=officers[1]).update(seen_at=timezone.now() - timedelta(seconds=31))
    hanako.clock.fast_forward(10_000)
    expect(presence(hanako, "DO")).to_be_hidden()


def test_who_leaves_the_page_is_gone_at_once(both: Callable[[bool], list[Page]]) -> None:
    hanako, _ = both(True)
    with hanako.expect_response("**/presence/"):
        entry(hanako, "PLAN").get_by_role("textbox").focus()
    assert Presence.objects.count() == 1
    hanako.get_by_role("link", name="印刷プレビュー").click()
    expect(hanako.get_by_role("region", name="印刷される様式")).to_be_visible()
    for _ in range(50):  # the goodbye is on its way while the next page comes
        if not Presence.objects.exists():
            break
        hanako.wait_for_timeout(100)
    assert Presence.objects.count() == 0


def test_two_tabs_of_one_person_see_each_other(both: Callable[[bool], list[Page]]) -> None:
    hanako, _ = both(True)
    with hanako.expect_response("**/presence/"):
        entry(hanako, "PLAN").get_by_role("textbox").focus()
    other = hanako.context.new_page()
    other.goto(hanako.url)
    expect(presence(other, "PLAN")).to_have_text("あなた（別の画面）が編集中")
