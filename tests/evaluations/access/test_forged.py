"""Requests forged elsewhere are refused, and behind https nothing travels in the clear."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client

from evaluations.enums import State
from evaluations.models import Sheet, Transition
from tests.evaluations.access.addresses import address, fields_for, mark
from tests.evaluations.scene import shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]


# --- forged requests -----------------------------------------------------------------------------
WRITING = (
    "entry_save",
    "entry_autosave",
    "presence",
    "sheet_act",
    "sheet_grade",
    "second_reading",
    "point_add",
    "point_edit",
    "point_remove",
    "point_answer",
    "staffing_edit",
    "budget_edit",
    "report_edit",
    "messages_read",
    "message_open",
)


@pytest.mark.parametrize("name", WRITING)
def test_a_request_forged_elsewhere_is_refused(ministry, name):
    sheet = ministry.put(State.DRAFT)
    client = Client(enforce_csrf_checks=True)
    client.force_login(ministry.people["officer"])
    answer = client.post(
        address(name, sheet), fields_for(name, sheet) | {"seen": mark(name, sheet)}
    )
    assert answer.status_code == 403
    assert "<h1>送信を受け付けられませんでした</h1>" in answer.content.decode()
    assert (Sheet.objects.get(pk=sheet.pk).state, Transition.objects.count()) == ("draft", 0)


@pytest.mark.parametrize(
    "url", ["/accounts/login/", "/accounts/logout/", "/admin/evaluations/sheet/"]
)
def test_the_doors_refuse_forged_requests_too(ministry, url):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ministry.people["coordinator"])
    assert client.post(url, {"login": "x", "password": "y"}).status_code == 403


def test_a_page_gives_the_token_its_form_needs(ministry):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ministry.people["officer"])
    url = address("sheet_act", ministry.sheet)
    token = re.search(
        r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(url).content.decode()
    )[1]
    fields = {
        "version": ministry.sheet.version,
        "shown": shown(ministry.sheet),
        "csrfmiddlewaretoken": token,
    }
    assert client.post(url, fields).status_code == 302
    assert Sheet.objects.get(pk=ministry.sheet.pk).state == State.DIVISION_CHECK


# --- an installation behind https ----------------------------------------------------------------
BEHIND_HTTPS = """
import json
import django
django.setup()
from django.conf import settings
from django.test import Client
plain = Client(headers={"host": "localhost"}).get("/published/")
answer = Client(headers={"host": "localhost"}).get("/accounts/login/", secure=True)
cookie = answer.cookies["csrftoken"]
print(json.dumps({
    "redirect": [plain.status_code, plain["Location"]],
    "hsts": answer.headers["Strict-Transport-Security"],
    "csrf": [bool(cookie["secure"]), bool(cookie["httponly"]), cookie["samesite"]],
    "session": [
        settings.SESSION_COOKIE_SECURE,
        settings.SESSION_COOKIE_HTTPONLY,
        settings.SESSION_COOKIE_SAMESITE,
    ],
    "debug": settings.DEBUG,
}))
"""


def test_behind_https_nothing_travels_in_the_clear(tmp_path):
    """The real settings, in a process of its own: they are read once, at the start."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "HTTPS": "true",
    }
    done = subprocess.run(
        [sys.executable, "-c", BEHIND_HTTPS],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "redirect": [301, "https://localhost/published/"],
        "hsts": "max-age=31536000; includeSubDomains; preload",
        "csrf": [True, True, "Lax"],
        "session": [True, True, "Lax"],
        "debug": False,
    }
