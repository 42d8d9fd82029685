"""Every page for everybody: sound to axe, whole at any width, silent, by keyboard alone."""

import re
from collections.abc import Callable

import pytest
from django.template.loader import render_to_string
from django.urls import get_resolver, reverse
from playwright.sync_api import Page, expect

from booklets.domain.queue import work_on
from booklets.domain.requests import request_booklet
from booklets.enums import BookletKind
from bulk_steps.domain.requests import SeenSheet, request_bulk_step
from config.errors import UNKNOWN_PARAMETERS
from evaluations.enums import Action
from evaluations.queries.improvement import open_points
from help.pages import HELP_PAGES
from tests.browser.actions import entry, expect_saved, write
from tests.browser.conftest import Desk
from tests.browser.faults import WIDTHS, faults_of
from tests.browser.whole_year import Ministry, make_whole_year
from tests.evaluations.access.addresses import ANSWERS

# Seen are HTML and styles; that each page opens on both databases, access/test_tables shows.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]

# What these answer with is no page: a file, a redirection.
NO_PAGES = {
    "booklet_file",
    "booklet_progress",
    "bulk_step_progress",
    "comments_pdf",
    "published_pdf",
    "sheet_compare_pdf",
    "sheet_pages",
    "sheet_pdf",
    "sheet_place",
    "sheet_printed",
}


@pytest.fixture
def ministry(fake_pdf: None) -> Ministry:
    return make_whole_year()


Steps = Callable[[Page], object]


def as_it_opens(page: Page) -> None:
    """Leave the page as it is."""


def press(button: str | re.Pattern[str]) -> Steps:
    return lambda page: pressed(page, button)


def pressed(page: Page, button: str | re.Pattern[str]) -> None:
    """Open what is folded, press a button, and wait for the page it leads to."""
    opened(page)
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=button).click()


def open_the_printed_page(page: Page) -> None:
    # A narrow screen, on which the page before was seen last, has no room beside the text.
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    page.get_by_role("button", name="印刷の姿を横に表示").click()
    expect(page.get_by_text("ページです。")).to_be_visible()


def choose_to(action: str) -> Steps:
    """Choose every sheet of the queue for a step, and go on to its confirmation."""

    def choose(page: Page) -> None:
        for box in page.get_by_role("table").get_by_role("checkbox").all():
            box.check()
        page.get_by_label("まとめて行うこと").select_option(label=action)
        press("選んだシートの確認へ進む")(page)
        expect(page.get_by_role("heading", level=1)).to_contain_text("確認")

    return choose


def thread_of(m: Ministry, state: str) -> str:
    """Return the id of the comment on the sheet that stands in ``state``."""
    return str(m.sheets[state].comment_threads.all()[0].pk)


def suggestion_of(m: Ministry, state: str) -> str:
    """Return the id of the suggestion for the sheet that stands in ``state``."""
    return str(m.sheets[state].suggestions.all()[0].pk)


def opened(page: Page) -> None:
    """Open everything that is folded."""
    page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true; })")


def grade_without_reason(page: Page) -> None:
    page.get_by_label("評価の理由").fill("")
    press("評価を記録")(page)


def start_a_booklet(page: Page) -> None:
    press("作成を始める")(page)
    expect(page.get_by_text("順番を待っています。")).to_be_visible()


def booklet_of(m: Ministry, who: str) -> str:
    """Return the address of the booklet that ``who`` has asked for and the worker has made."""
    asker = m.people[who]
    booklet = asker.booklets.first() or request_booklet(
        [m.sheets["draft"].pk], kind=BookletKind.LIST, selection=[], actor=asker
    )
    work_on(booklet.pk)
    return reverse("booklet_detail", args=[booklet.pk])


def bulk_step_of(m: Ministry, who: str, number: int) -> str:
    """Return the address of a step that ``who`` asked for with ``number`` of the sheets."""
    sheets = list(m.sheets.values())[:number]
    seen = [SeenSheet(sheet.pk, sheet.version) for sheet in sheets]
    asked = {"comment": "直してください。", "actor": m.people[who]}
    bulk_step = request_bulk_step(seen, action=Action.RETURN, **asked)
    return reverse("bulk_step_detail", args=[bulk_step.pk])


def carried_by(m: Ministry) -> str:
    """Return the id of the point that the draft has to answer."""
    [open_point] = open_points(m.sheets["draft"])
    return str(open_point.point.pk)


def pages_of(m: Ministry) -> dict[str, list[tuple[str, Steps]]]:
    """Return every page by who opens it, and what they do there before it is looked at."""
    sections = [s.key for s in m.sheets["draft"].edition.definition.sections]
    step, new = "sheet_act", reverse("bulk_step_new")
    return {
        "": [
            (reverse("account_login"), as_it_opens),
            (reverse("account_login"), press("ログイン")),
            (reverse("account_reset_password"), as_it_opens),
            (reverse("published_list"), as_it_opens),
            (reverse("verify_pdf"), as_it_opens),
            (reverse("help_index"), as_it_opens),
            *((reverse("help_page", args=[each.slug]), as_it_opens) for each in HELP_PAGES),
            ("/nowhere/", as_it_opens),
        ],
        "nobody": [
            (reverse("home"), as_it_opens),
            (reverse("sheet_list"), as_it_opens),
            (reverse("messages"), as_it_opens),
            (reverse("booklet_list"), as_it_opens),
        ],
        "officer": [
            (reverse("home"), as_it_opens),
            (reverse("workflow_guide"), as_it_opens),
            (reverse("help_index"), as_it_opens),
            (reverse("messages"), as_it_opens),
            (reverse("messages"), press(re.compile("開く.*差戻し"))),
            (reverse("messages"), press("すべて既読にする")),
            (reverse("sheet_list"), as_it_opens),
            (reverse("sheet_queue"), as_it_opens),
            (f"{reverse('sheet_list')}?q=どこにもない", as_it_opens),
            (reverse("account_change_password"), as_it_opens),
            (reverse("deputies"), as_it_opens),
            (reverse("deputies"), press("代行を頼む")),
            (m.path("sheet_why", "draft"), as_it_opens),
            (m.path("sheet_detail", "draft"), as_it_opens),
            (m.path("sheet_detail", "returned"), as_it_opens),
            (m.path("sheet_timeline", "returned"), as_it_opens),
            (m.path("sheet_timeline", "draft"), as_it_opens),
            (m.path("sheet_preview", "draft"), as_it_opens),
            (m.path("sheet_compare", "draft"), as_it_opens),
            (m.path("sheet_compare", "returned"), as_it_opens),
            (f"{m.path('sheet_compare', 'returned')}?old=2", as_it_opens),
            (f"{m.path('sheet_compare', 'returned')}?old=nai", as_it_opens),
            *((m.path("sheet_section", "draft", key), as_it_opens) for key in sections),
            (m.path("sheet_section", "returned", "pdca"), open_the_printed_page),
            (m.path("sheet_section", "review", "pdca"), as_it_opens),
            (m.path("staffing_edit", "draft"), as_it_opens),
            (m.path("budget_edit", "draft"), press("保存")),
            (m.path("sheet_answers", "returned"), press("回答を保存")),
            (m.path("report_edit", "draft"), press("保存")),
            (m.path("sheet_section", "returned", "pdca"), opened),
            (m.path("sheet_comments", "returned"), opened),
            (m.path("comment_thread", "returned", thread_of(m, "returned")), press("返答する")),
            (
                m.path("suggestion_decide", "returned", suggestion_of(m, "returned")),
                press("採り入れない"),
            ),
            (m.path("point_answer", "draft", carried_by(m)), press("回答を保存")),
            (m.path(step, "draft", "submit"), as_it_opens),
            (m.path(step, "returned", "submit"), as_it_opens),
            (m.path(step, "review", "approve"), as_it_opens),
            (m.path(step, "draft", "publish"), as_it_opens),
            ("/nowhere/", as_it_opens),
        ],
        "head": [
            (reverse("home"), as_it_opens),
            (m.path("sheet_detail", "division_check"), as_it_opens),
            (m.path(step, "division_check", "return"), press("差し戻す")),
        ],
        "reviewer": [
            (reverse("home"), as_it_opens),
            (reverse("sheet_queue"), as_it_opens),
            (reverse("sheet_queue"), choose_to("差戻し")),
            (f"{new}?action=return&sheet={m.sheets['review'].pk}", press("1件を差し戻す")),
            (bulk_step_of(m, "reviewer", 6), as_it_opens),
            (bulk_step_of(m, "reviewer", 2), as_it_opens),
            (reverse("bulk_step_list"), as_it_opens),
            (m.path("sheet_detail", "review"), as_it_opens),
            (m.path("sheet_compare", "published"), as_it_opens),
            (m.path("sheet_section", "review", "pdca"), opened),
            (m.path("entry_comments", "review", "plan"), opened),
            (m.path("suggestion_new", "review", "plan"), press("担当課室と審査担当に見える")),
            (m.path("suggestion_decide", "review", suggestion_of(m, "review")), as_it_opens),
            (m.path("sheet_grade", "review"), as_it_opens),
            (m.path("sheet_grade", "review"), grade_without_reason),
            (m.path("second_reading", "review"), press("第二読者の評価を記録")),
            (m.path("point_add", "review"), press("改善点を保存")),
            (m.path("point_edit", "review", "1"), as_it_opens),
            (reverse("calibration"), as_it_opens),
            (m.path(step, "review", "approve"), as_it_opens),
        ],
        "coordinator": [
            (reverse("home"), as_it_opens),
            (reverse("sheet_list"), as_it_opens),
            (booklet_of(m, "coordinator"), as_it_opens),
            (reverse("booklet_list"), as_it_opens),
            (reverse("booklet_new"), as_it_opens),
            (f"{reverse('booklet_new')}?q=どこにもない", press("作成を始める")),
            (f"{reverse('booklet_new')}?state=draft", start_a_booklet),
            (reverse("point_list"), as_it_opens),
            (m.path("sheet_detail", "published"), as_it_opens),
            (m.path("sheet_comments", "published"), as_it_opens),
            (m.path("sheet_preview", "published"), as_it_opens),
            (m.path(step, "excluded", "include"), as_it_opens),
        ],
        "viewer": [
            (reverse("home"), as_it_opens),
            (m.path("sheet_detail", "published"), as_it_opens),
        ],
        "auditor": [
            (reverse("home"), as_it_opens),
            (m.path("sheet_detail", "published"), as_it_opens),
            (m.path("sheet_timeline", "published"), as_it_opens),
        ],
    }


@pytest.mark.parametrize(
    "who", ["", "nobody", "officer", "head", "reviewer", "coordinator", "viewer", "auditor"]
)
def test_no_page_keeps_anybody_out(at_desk: Desk, ministry: Ministry, who: str) -> None:
    page = at_desk(ministry.people.get(who))
    faults = []
    for path, steps in pages_of(ministry)[who]:
        page.goto(path)
        steps(page)
        faults += faults_of(page)
    assert not faults, "\n".join(faults)


def test_every_page_is_among_them(ministry: Ministry) -> None:
    visited = {path.split("?")[0] for pages in pages_of(ministry).values() for path, _ in pages}
    patterns = {
        name: pattern
        for room in ("accounts", "notices", "evaluations", "booklets", "bulk_steps", "help")
        for name, (_, pattern, *_) in get_resolver(f"{room}.urls").reverse_dict.items()
        if isinstance(name, str)
    }
    seen = {
        name
        for name, pattern in patterns.items()
        if any(re.match(pattern, path.removeprefix("/")) for path in visited)
    }
    assert set(patterns) - seen == NO_PAGES | ANSWERS


def test_saving_and_collision_keep_nobody_out(at_desk: Desk, ministry: Ministry) -> None:
    """The answers to a save: saved, refused, and both texts side by side."""
    sheet = ministry.sheets["draft"]
    page, other = (at_desk(ministry.people["officer"]) for _ in range(2))
    for each in (page, other):
        each.goto(f"/sheets/{sheet.pk}/sections/pdca/")
    write(page, "PLAN", "計画した。")
    expect_saved(page, "PLAN")
    write(page, "DO", "あ" * 5001)
    expect(entry(page, "DO")).to_contain_text("保存できませんでした")
    write(other, "PLAN", "別の計画である。")
    expect(other.get_by_role("group", name="ほかの変更と重なりました")).to_be_visible()
    assert faults_of(page) + faults_of(other) == []

    alone = at_desk(ministry.people["officer"], java_script_enabled=False)
    alone.goto(f"/sheets/{sheet.pk}/sections/pdca/")
    write(page, "PLAN", "三つ目の計画である。")
    expect_saved(page, "PLAN")
    write(alone, "PLAN", "四つ目の計画である。")
    expect(alone.get_by_role("group", name="ほかの変更と重なりました")).to_be_visible()
    shown = at_desk()
    html = alone.content()
    shown.route("**/conflict/", lambda route: route.fulfill(body=html, content_type="text/html"))
    shown.goto("/conflict/")
    assert faults_of(shown) == []


@pytest.mark.parametrize("template", ["400.html", "500.html"])
def test_pages_of_last_resort_keep_nobody_out(at_desk: Desk, template: str) -> None:
    page = at_desk()
    html = render_to_string(template, {"said": UNKNOWN_PARAMETERS, "path": "/broken/"})
    page.route("**/broken/", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto("/broken/")
    assert faults_of(page) == []
