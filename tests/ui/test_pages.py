"""The frame of the pages, the error pages, and what the browser's walls forbid in a template."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from accounts.models import User
from accounts.roles import Roles
from config.errors import TOO_MUCH_DATA, UNKNOWN_QUERY, UNREADABLE_REQUEST, Explanation

TEMPLATES = Path(settings.BASE_DIR, "templates")
SCREEN_TEMPLATES = [
    path
    for path in sorted(TEMPLATES.rglob("*.html"))
    if "print" not in path.relative_to(TEMPLATES).parts
]


def page(template: str, user: object, **context: object) -> str:
    request = RequestFactory().get("/")
    request.user = user  # type: ignore[attr-defined]
    html = render_to_string(template, {"unread_messages": 3} | context, request=request)
    assert "UNDEFINED" not in html
    return html


def officer(**roles: object) -> User:
    user = User(username="hanako", display_name="外務 花子")
    user.roles = Roles(titles=("人道課 担当官",), **roles)
    return user


def links(html: str) -> set[str]:
    navigation = html[html.index("<nav") : html.index("</nav>")]
    return set(re.findall(r'href="([^"]+)"', navigation))


def test_anonymous_reader_sees_the_public_pages_alone() -> None:
    html = page("base.html", AnonymousUser())
    assert links(html) == {reverse("published_list")}
    assert reverse("account_login") in html
    assert "ログアウト" not in html
    assert "hx-headers" not in html


def test_officer_sees_name_roles_and_the_working_pages() -> None:
    html = page("base.html", officer())
    names = (
        "home", "sheet_queue", "sheet_list", "messages", "workflow_guide", "published_list",
        "help_index",
    )  # fmt: skip
    assert links(html) == {reverse(name) for name in names}
    assert "外務 花子" in html
    assert "人道課 担当官" in html
    assert "ログアウト" in html


def test_coordinator_sees_the_way_to_the_admin() -> None:
    assert reverse("admin:index") in links(page("base.html", officer(is_coordinator=True)))


def test_page_has_landmarks_and_a_way_past_the_navigation() -> None:
    html = page("base.html", officer(), breadcrumbs=[("ホーム", "/"), ("シート", "")])
    assert '<html lang="ja">' in html
    assert 'href="#main"' in html
    assert 'id="main" tabindex="-1"' in html
    assert 'aria-label="現在位置"' in html


@pytest.mark.parametrize("template", ["403.html", "404.html", "403_csrf.html"])
@pytest.mark.parametrize("user", [AnonymousUser(), officer()], ids=["anonymous", "officer"])
def test_error_pages_tell_what_to_do(template: str, user: object) -> None:
    assert "ください" in page(template, user)


def test_refusal_gives_its_reason() -> None:
    assert "提出済みです。" in page("403.html", officer(), exception="提出済みです。")


@pytest.mark.parametrize("said", [UNKNOWN_QUERY, TOO_MUCH_DATA, UNREADABLE_REQUEST])
def test_a_request_that_cannot_be_read_is_answered_with_advice(said: Explanation) -> None:
    html = render_to_string("400.html", {"said": said, "path": "/sheets/"})
    assert html.count(said.heading) == 2
    assert "ください" in html
    assert ('href="/sheets/"' in html) == bool(said.way_on)


def test_the_page_of_last_resort_needs_nothing() -> None:
    assert "ください" in render_to_string("500.html")


@pytest.mark.parametrize(
    "path", SCREEN_TEMPLATES, ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_template_keeps_within_the_content_security_policy(path: Path) -> None:
    source = path.read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|hx-on|javascript:", source)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", source)
