"""One page with every part, in a real browser: reachable by all, and whole at any width."""

from pathlib import Path
from typing import Any

import pytest
from csp.utils import build_policy
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import User
from accounts.roles import Roles
from evaluations.enums import State
from tests.browser.faults import violations_of

# What a browser makes of the parts is in no database.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]


class SpecimenForm(forms.Form):
    name = forms.CharField(label="拠出金名", help_text="正式名称です。")
    reason = forms.CharField(label="理由", widget=forms.Textarea)
    grade = forms.ChoiceField(
        label="評価", widget=forms.RadioSelect, choices=[("A", "A"), ("B", "B")]
    )
    kind = forms.ChoiceField(label="種別", choices=[("v", "任意拠出金")])
    agreed = forms.BooleanField(label="確認しました")


@pytest.fixture
def specimen(page: Page, live_server: Any) -> tuple[Page, list[str]]:
    """Return the page that shows every part, and what the browser complains of."""
    request = RequestFactory().get("/specimen")
    request.user = User(username="hanako", display_name="外務 花子")
    request.user.roles = Roles(titles=("人道課 担当官",), is_coordinator=True)
    source = Path(__file__).with_name("specimen.html").read_text()
    html = (
        engines["django"]
        .from_string(source)
        .render(
            {
                "states": list(State),
                "steps": [
                    {"url": "#", "label": "概要", "status": status, "current": status == "error"}
                    for status in ("done", "editing", "error", "todo")
                ],
                "errors": [("entry-b", "組織・財政：入力してください。")],
                "items": [("種別", "任意拠出金")],
                "page_obj": Paginator(range(100), 10).page(2),
                "breadcrumbs": [("ホーム", "/"), ("部品見本", "")],
                "unread_messages": 3,
                "form": SpecimenForm({}),
            },
            request=request,
        )
    )
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.route(
        "**/specimen",
        lambda route: route.fulfill(
            body=html,
            content_type="text/html; charset=utf-8",
            headers={"Content-Security-Policy": build_policy()},
        ),
    )
    page.goto(f"{live_server.url}/specimen")
    return page, complaints


@pytest.mark.parametrize("width", [1280, 768, 320])
def test_every_part_at_every_width(specimen: tuple[Page, list[str]], width: int) -> None:
    page, complaints = specimen
    page.set_viewport_size({"width": width, "height": 800})
    assert violations_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []


def test_focus_goes_to_the_error_summary(specimen: tuple[Page, list[str]]) -> None:
    page, _ = specimen
    assert "error-summary" in page.evaluate("document.activeElement.className")


def test_first_stop_of_the_keyboard_is_the_way_to_the_text(page: Page, live_server: Any) -> None:
    page.goto(live_server.url + reverse("account_login"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_failed_sign_in_is_told_at_once(page: Page, live_server: Any) -> None:
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_label("ユーザー名").fill("nobody")
    page.get_by_label("パスワード").fill("of no use at all")
    page.get_by_role("main").get_by_role("button", name="ログイン").click()
    assert "error-summary" in page.evaluate("document.activeElement.className")
    assert violations_of(page) == []
