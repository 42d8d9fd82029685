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
from evaluations.checks import Level, findings_in
from evaluations.domain.grading import grade_sheet, read_second
from evaluations.domain.improvement import add_point
from evaluations.domain.revisions import freeze
from evaluations.enums import State
from evaluations.models import PdcaEntry, Sheet
from evaluations.queries.improvement import open_points
from evaluations.queries.view import view_of
from evaluations.urls import urlpatterns
from evaluations.workflow import perform
from tests.browser.actions import entry, expect_saved, write
from tests.browser.conftest import Desk
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
NO_PAGES = {"published_pdf", "sheet_pdf", "sheet_place", "sheet_printed"}


# These take something and show nothing.
TAKES_ONLY = {"entry_save", "entry_autosave", "presence", "point_remove"}

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
    take_to_its_end(sheets["published"], people)
    perform(
        sheets["returned"],
        "return",
        actor=people["head"],
        comment="時期を書き加えてください。",
        version=sheets["returned"].version,
    )
    judge_and_carry(sheets, people)
    return Ministry(people, sheets)


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
    freeze(before, occasion="approve", actor=first)


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


def press(button: str) -> Steps:
    return lambda page: page.get_by_role("main").get_by_role("button", name=button).click()


def grade_without_reason(page: Page) -> None:
    page.get_by_label("評価の理由").fill("")
    press("評価を記録")(page)


def warning_of(m: Ministry) -> str:
    """Return the key of a warning of the sheet that was returned."""
    findings = findings_in(view_of(m.sheets["returned"]))
    return next(finding.key for finding in findings if finding.level == Level.WARNING)


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
            ("/nowhere/", as_it_opens),
        ],
        "nobody": [(reverse("home"), as_it_opens), (reverse("sheet_list"), as_it_opens)],
        "officer": [
            (reverse("home"), as_it_opens),
            (reverse("workflow_guide"), as_it_opens),
            (reverse("sheet_list"), as_it_opens),
            (f"{reverse('sheet_list')}?q=どこにもない", as_it_opens),
            (reverse("account_change_password"), as_it_opens),
            (m.path("sheet_detail", "draft"), as_it_opens),
            (m.path("sheet_detail", "returned"), as_it_opens),
            (m.path("sheet_preview", "draft"), as_it_opens),
            *((m.path("sheet_section", "draft", key), as_it_opens) for key in sections),
            (m.path("sheet_section", "review", "pdca"), as_it_opens),
            (m.path("staffing_edit", "draft"), as_it_opens),
            (m.path("budget_edit", "draft"), press("保存")),
            (m.path("finding_answer", "returned", warning_of(m)), press("回答を保存")),
            (m.path("report_edit", "draft"), press("保存")),
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
            (m.path("sheet_detail", "review"), as_it_opens),
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
            (reverse("point_list"), as_it_opens),
            (m.path("sheet_detail", "published"), as_it_opens),
            (m.path("sheet_preview", "published"), as_it_opens),
            (m.path(step, "excluded", "include"), as_it_opens),
        ],
        "viewer": [
            (reverse("home"), as_it_opens),
            (m.path("sheet_detail", "published"), as_it_opens),
        ],
    }


@pytest.mark.parametrize(
    "who", ["", "nobody", "officer", "head", "reviewer", "coordinator", "viewer"]
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
    patterns = {pattern.name: pattern.pattern.regex for pattern in urlpatterns}
    seen = {
        name
        for name, regex in patterns.items()
        if any(regex.search(path.removeprefix("/")) for path in visited)
    }
    assert set(patterns) - seen == NO_PAGES | TAKES_ONLY


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


def test_an_officer_needs_nothing_but_the_keyboard(at_desk: Desk, ministry: Ministry) -> None:
    """Tab, Enter and letters: from the desk to a saved entry and a submitted sheet."""
    sheet = ministry.sheets["returned"]
    page = at_desk(ministry.people["officer"])
    page.goto("/")
    follow(page, sheet.contribution.name)
    follow(page, "記入する")
    follow(page, "5 PDCAサイクルの確保等")
    tab_to(page, "textbox", "PLAN")
    page.keyboard.press("Control+End")
    page.keyboard.type("2018年3月に計画を改めた。")
    tab_to(page, "button", "保存")
    page.keyboard.press("Enter")
    expect_saved(page, "PLAN")

    # She goes on from where she was, not from the top of the page.
    expect(entry(page, "PLAN").get_by_role("button", name="保存")).to_be_focused()
    page.keyboard.press("Tab")
    expect(entry(page, "DO").get_by_role("textbox")).to_be_focused()
    follow(page, "シートの表紙に戻る")
    follow(page, "提出")
    tab_to(page, "button", "提出する")
    page.keyboard.press("Enter")
    expect(page.get_by_text("「提出」を受け付けました。")).to_be_visible()
    sheet.refresh_from_db()
    assert sheet.state == State.DIVISION_CHECK
    plan = PdcaEntry.objects.get(sheet=sheet, key="plan").text
    assert plan.endswith("2018年3月に計画を改めた。")


def follow(page: Page, link: str) -> None:
    """Go to a link by Tab and press Enter."""
    tab_to(page, "link", link)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def tab_to(page: Page, role: str, name: str) -> None:
    """Press Tab until the focus is on what has ``role`` and a name that begins with ``name``."""
    wanted = page.get_by_role(role, name=re.compile(f"^{re.escape(name)}")).and_(
        page.locator(":focus")
    )
    for _ in range(120):
        page.keyboard.press("Tab")
        if wanted.count():
            return
    raise AssertionError(f"no way to {role} {name} by Tab")
