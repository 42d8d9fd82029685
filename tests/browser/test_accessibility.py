"""Every page for everybody: sound to axe, whole at any width, silent, by keyboard alone."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.enums import Role
from accounts.models import User
from accounts.urls import urlpatterns as about_messages
from evaluations.domain.booklets.asking import ask_for_booklet
from evaluations.domain.booklets.making import make
from evaluations.domain.grading import grade_sheet, read_second
from evaluations.domain.improvement import add_point
from evaluations.domain.revisions import freeze
from evaluations.enums import BookletKind, State
from evaluations.models import Sheet
from evaluations.queries.improvement import open_points
from evaluations.urls import urlpatterns
from evaluations.views.help_pages import HELP_PAGES
from evaluations.workflow import perform
from tests.browser.actions import entry, expect_saved, write
from tests.browser.conftest import Desk
from tests.evaluations.review import comment, rewrite, say, wording
from tests.evaluations.years import point_fields
from tests.factories import (
    YEAR,
    ContributionFactory,
    UserFactory,
    complete,
    edition_of,
    make_person,
    open_year,
    put_in_state,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = (1280, 768, 320)

# What these answer with is no page: a file, a redirection.
SENT_TO = {
    "booklet_cancel",
    "deputy_end",
    "entry_autosave",
    "entry_save",
    "message_open",
    "messages_read",
    "point_remove",
    "presence",
    "sheet_bulk",
    "suggestion_withdraw",
}
NO_PAGES = {
    "booklet_file",
    "booklet_progress",
    "comments_pdf",
    "published_pdf",
    "sheet_compare_pdf",
    "sheet_pages",
    "sheet_pdf",
    "sheet_place",
    "sheet_printed",
}


# From here the workflow's own steps lead on, since their traces are shown.
STARTS_AT = {"returned": State.DIVISION_CHECK, "published": State.REVIEW}


@dataclass(frozen=True)
class Ministry:
    """A year with a sheet of each kind, and the people around it."""

    people: dict[str, User]
    sheets: dict[str, Sheet]

    def path(self, name: str, state: str, *args: str) -> str:
        """Return the address of a page of the sheet that stands in ``state``."""
        return reverse(name, args=[self.sheets[state].pk, *args])


@pytest.fixture
def ministry(fake_pdf: None) -> Ministry:
    contributions = [ContributionFactory() for _ in State]
    division = contributions[0].responsible_division
    for contribution in contributions:
        contribution.responsible_division = division
        contribution.save()
    # A second sheet of one organisation: its staff is shown on both.
    contributions[1].organization = contributions[0].organization
    contributions[1].save()
    people = {
        role.value: make_person(role, division if role in (Role.OFFICER, Role.HEAD) else None)
        for role in Role
    }
    people["nobody"] = UserFactory()
    open_year()
    sheets = {
        state.value: contribution.sheets.get()
        for state, contribution in zip(State, contributions, strict=True)
    }
    for state, sheet in sheets.items():
        if state == State.DRAFT:
            continue
        put_in_state(
            complete(sheet),
            STARTS_AT.get(state, State(state)),
            submitter=people["officer"],
            confirmer=people["head"],
            approver=people["reviewer"],
        )
    for state in ("review", "published"):
        say(sheets[state], people["reviewer"])
    take_to_its_end(sheets["published"], people)
    perform(
        sheets["returned"],
        "return",
        actor=people["head"],
        comment="時期を書き加えてください。",
        version=sheets["returned"].version,
    )
    # Texts that changed since, with a line that moved: to be compared.
    complete(sheets["returned"], "・期間中の取組を着実に進めた。\n・二つ目の行。\n・三つ目の行。")
    freeze(sheets["returned"], occasion="return", actor=people["head"])
    complete(sheets["returned"], "・三つ目の行。\n・期間中の取組を進めた。\n・二つ目の行。")
    rewrite(sheets["returned"], do="・JPOの定着率は95%である。")
    with_review(sheets["returned"], people)
    judge_and_carry(sheets, people)
    return Ministry(people, sheets)


def with_review(sheet: Sheet, people: dict[str, User]) -> None:
    """Let a returned sheet have a comment on words that changed, and half a wording that fits."""
    place = {"submitter": people["officer"], "confirmer": people["head"]}
    put_in_state(sheet, State.REVIEW, **place, approver=people["reviewer"])
    rewrite(sheet, act="・理事会で発言した。\n・予算は11千円である。")
    comment(sheet, people["reviewer"], key="act", quote="発言した", is_blocking=True)
    wording(sheet, people["reviewer"], "・総会で発言した。\n・予算は12千円である。", "act")
    rewrite(sheet, act="・理事会で提案した。\n・予算は13千円である。")
    put_in_state(sheet, State.RETURNED, **place, approver=people["reviewer"])


def take_to_its_end(sheet: Sheet, people: dict[str, User]) -> None:
    """Let a sheet in review be graded, approved and published by the workflow's own steps."""
    Sheet.objects.filter(pk=sheet.pk).update(overall_grade="B", overall_grade_reason="着実。")
    sheet.refresh_from_db()
    perform(sheet, "approve", actor=people["reviewer"], version=sheet.version)
    perform(sheet, "publish", actor=people["coordinator"], version=sheet.version)


def judge_and_carry(sheets: dict[str, Sheet], people: dict[str, User]) -> None:
    """Give the sheet in review a grade, a second opinion and a point, the draft an old point."""
    first = make_person(Role.REVIEWER)
    review = sheets["review"]
    grade_sheet(review, grade="C", reason="理由。", actor=first, version=review.version)
    second = make_person(Role.REVIEWER)
    read_second(review, grade="B", reason="理由。", actor=second, version=review.version)
    point = point_fields(review, "成果を数値で示すこと。")
    add_point(review, point, actor=first, version=review.version)
    open_year(edition_of(YEAR - 1), YEAR - 1)
    before = sheets["draft"].contribution.sheets.get(cycle__fiscal_year=YEAR - 1)
    before.improvement_points.create(
        number=1,
        text="成果を数値で示すこと。",
        key="plan",
        owner_division=before.division,
        due_date=point.due_date,
        raised_by=first,
        role="審査担当",
    )
    before.transitions.create(
        action="approve",
        from_state=State.REVIEW,
        to_state=State.APPROVED,
        actor=first,
        role="審査担当",
        revision=freeze(before, occasion="approve", actor=first),
    )


def faults_of(page: Page) -> list[str]:
    """Return what is wrong with the page that is open, at every width."""
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for violation in Axe().run(page, options=RULES).response["violations"]:
            nodes = [node["html"][:120] for node in violation["nodes"]]
            faults.append(f"{page.url} {width}: {violation['id']} {nodes}")
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            faults.append(f"{page.url} {width}: {wide} pixels wide")
    return faults


Steps = Callable[[Page], object]


def as_it_opens(page: Page) -> None:
    """Leave the page as it is."""


def press(button: str | re.Pattern[str]) -> Steps:
    return lambda page: pressed(page, button)


def pressed(page: Page, button: str | re.Pattern[str]) -> None:
    """Open what is folded, and press a button."""
    opened(page)
    page.get_by_role("main").get_by_role("button", name=button).click()


def open_the_printed_page(page: Page) -> None:
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
    booklet = asker.booklets.first() or ask_for_booklet(
        [m.sheets["draft"].pk], kind=BookletKind.LIST, selection=[], actor=asker
    )
    make(booklet.pk)
    return reverse("booklet_detail", args=[booklet.pk])


def carried_by(m: Ministry) -> str:
    """Return the id of the point that the draft has to answer."""
    [open_point] = open_points(m.sheets["draft"])
    return str(open_point.point.pk)


def pages_of(m: Ministry) -> dict[str, list[tuple[str, Steps]]]:
    """Return every page by who opens it, and what they do there before it is looked at."""
    sections = [s.key for s in m.sheets["draft"].edition.definition.sections]
    step = "sheet_act"
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
    patterns = {pattern.name: pattern.pattern.regex for pattern in (*urlpatterns, *about_messages)}
    seen = {
        name
        for name, regex in patterns.items()
        if any(regex.search(path.removeprefix("/")) for path in visited)
    }
    assert set(patterns) - seen == NO_PAGES | SENT_TO


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
    html = render_to_string(template)
    page.route("**/broken/", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto("/broken/")
    assert faults_of(page) == []
