"""使い方 tells of the product as it is: its steps, its words, its pictures."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.html import escape
from django.utils.translation import trans_real

from accounts.enums import Role
from evaluations.access.rules import (
    COORDINATOR,
    HEAD,
    HEAD_NOT_SUBMITTER,
    OFFICER,
    RETURNING_SIDE,
    REVIEWER,
    REVIEWER_NOT_INVOLVED,
)
from evaluations.domain.entries import (
    MAX_CHARACTERS_PER_PARAGRAPH,
    MAX_CHARACTERS_PER_SHEET,
    MAX_PARAGRAPHS_PER_SHEET,
)
from evaluations.enums import Action, State
from evaluations.workflow import WORKFLOW
from help.pages import HELP_PAGES
from tests.factories import DivisionFactory, UserFactory, make_person

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
SECTIONS = ROOT / "templates" / "help" / "sections"
PICTURES = ROOT / "static" / "help"
SLUGS = [page.slug for page in HELP_PAGES]

ROOMS = [
    "accounts",
    "notices",
    "contributions",
    "staffing",
    "editions",
    "evaluations",
    "booklets",
    "bulk_steps",
    "config",
]

PAGE_OF = {
    OFFICER: "officer",
    HEAD: "head",
    HEAD_NOT_SUBMITTER: "head",
    REVIEWER: "reviewer",
    REVIEWER_NOT_INVOLVED: "reviewer",
    RETURNING_SIDE: "reviewer",
    COORDINATOR: "coordinator",
}

MOST_BYTES = {"a picture": 80_000, "all pictures": 1_000_000}


def shown(client, slug=""):
    """Return what /help/ or one of its pages has between its header and its footer."""
    answer = client.get(f"/help/{slug}/" if slug else "/help/")
    assert answer.status_code == 200
    html = answer.content.decode()
    return html[html.index("<main") : html.index("</main>")]


def on_screen(html):
    """Return the words that ``html`` gives as standing on the screen: buttons, links, menus."""
    return re.findall(r'<b class="on-screen">([^<]+)</b>', html)


# --- the pages -------------------------------------------------------------------------------
@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_lists_its_tasks_and_tells_them_in_this_order(client, slug):
    html = shown(client, slug)
    contents = html[html.index("<nav") : html.index("</nav>")]
    told = re.findall(r'<section[^>]*>\s*<h2 id="(\w+)">', html)
    page = next(page for page in HELP_PAGES if page.slug == slug)
    assert re.findall(r'href="#(\w+)"', contents) == told == [s.key for s in page.sections]


def test_every_section_that_is_written_is_on_a_page():
    written = {path.stem for path in SECTIONS.glob("*.html")}
    assert written == {section.key for page in HELP_PAGES for section in page.sections}


def test_an_unknown_page_is_not_found(client):
    assert client.get("/help/nobody/").status_code == 404


@pytest.mark.parametrize("role", Role)
def test_the_pages_of_ones_own_role_come_first(client, role):
    division = DivisionFactory() if role in (Role.OFFICER, Role.HEAD) else None
    client.force_login(make_person(role, division))
    own, *_ = re.findall(r"<section.*?</section>", shown(client), re.DOTALL)
    assert re.findall(r'card__title"><a href="/help/(\w+)/"', own) == [role.value]


def test_whoever_is_not_signed_in_finds_the_pages_of_all_roles(client):
    listed = re.findall(r'card__title"><a href="/help/(\w+)/"', shown(client))
    assert sorted(listed) == sorted(SLUGS)


def test_an_administrator_finds_the_page_of_administration_first(client):
    client.force_login(UserFactory(is_superuser=True))
    own, *_ = re.findall(r"<section.*?</section>", shown(client), re.DOTALL)
    assert 'href="/help/administrator/"' in own


# --- links and pictures ------------------------------------------------------------------------
def test_every_link_leads_somewhere(client):
    pages = {f"/help/{slug}/": shown(client, slug) for slug in SLUGS} | {"/help/": shown(client)}
    client.force_login(UserFactory())  # also to what is behind the sign-in
    astray = []
    for here, html in pages.items():
        for href in re.findall(r'href="([^"]+)"', html):
            path, _, anchor = href.partition("#")
            target = path or here
            if target.startswith("/static/"):
                ok = finders.find(target.removeprefix("/static/")) is not None
            elif target in pages:
                ok = not anchor or f'id="{anchor}"' in pages[target]
            else:
                ok = client.get(target).status_code == 200
            if not ok:
                astray.append(f"{here}: {href}")
    assert astray == []


def test_every_picture_is_shown_described_and_small(client):
    pages = "".join(shown(client, slug) for slug in SLUGS)
    images = re.findall(
        r'<img src="/static/help/([^"]+)" width="\d+" height="\d+" alt="(.*?)">', pages
    )
    assert len(images) == pages.count("<img")
    assert {name for name, alt in images if len(alt) < 20} == set()
    kept = {path.name: path.stat().st_size for path in PICTURES.iterdir()}
    assert {name for name, _ in images} == set(kept)
    assert max(kept.values()) < MOST_BYTES["a picture"]
    assert sum(kept.values()) < MOST_BYTES["all pictures"]


# --- it says what is so --------------------------------------------------------------------------
@pytest.mark.parametrize("step", WORKFLOW, ids=lambda step: f"{step.action}-{step.from_states[0]}")
def test_every_step_of_the_workflow_is_told_to_those_who_take_it(client, step):
    """With the name of its button, of the page's one that confirms it, and of its states."""
    html = shown(client, PAGE_OF[step.who])
    words = on_screen(html)
    assert {step.action.label, step.action.verb} <= set(words)
    missing = {
        state.label
        for state in (*step.from_states, step.to_state)
        if state and f'<span class="chip chip--{state.value}">{state.label}</span>' not in html
    }
    assert missing == set()


def test_every_state_is_explained(client):
    chips = re.findall(
        r'<dt>\s*<span class="chip chip--(\w+)">(.+?)</span>', shown(client, "basics")
    )
    assert chips == [(state.value, state.label) for state in State]


def test_its_numbers_are_those_that_hold(client):
    password = next(v for v in settings.AUTH_PASSWORD_VALIDATORS if "OPTIONS" in v)
    limits = [MAX_CHARACTERS_PER_PARAGRAPH, MAX_CHARACTERS_PER_SHEET]
    assert f"{settings.SESSION_COOKIE_AGE // 3600}時間で切れます" in shown(client, "officer")
    assert f"{password['OPTIONS']['min_length']}文字以上" in shown(client, "basics")
    assert all(f"{limit:,}字" in shown(client, "notation") for limit in limits)
    assert f"{MAX_PARAGRAPHS_PER_SHEET}段落" in shown(client, "notation")


@cache
def words_of_the_product():
    """Everything the product can put on a screen: its sources, and what Django says in Japanese."""
    files = [
        file
        for folder in ("templates", "static/js", *ROOMS)
        for file in (ROOT / folder).rglob("*.*")
        if file.suffix in {".html", ".js", ".py"} and not file.is_relative_to(SECTIONS.parent)
    ]
    sources = [file.read_text(encoding="utf-8") for file in files]
    catalog = trans_real.translation("ja")._catalog
    of_django = [words for _, words in catalog.items() if isinstance(words, str)]
    return "\n".join(
        [*sources, *of_django, *(w for a in Action for w in (a.verb, a.verb_and_next))]
    )


@pytest.mark.parametrize("slug", SLUGS)
def test_words_given_as_on_the_screen_are_on_the_screen(client, slug):
    product = words_of_the_product()
    invented = {words for words in on_screen(shown(client, slug)) if words not in escape(product)}
    assert invented == set()
