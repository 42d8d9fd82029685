"""Looking at any page changes nothing, and no page carries code."""

import re

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from evaluations.enums import State
from tests.evaluations.access.addresses import address, every_url, fields_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

OUR_TABLES = re.compile(
    r'^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"(accounts|contributions|staffing|evaluations)_'
)
INLINE = re.compile(
    r"""\sstyle\s*=|<style|<script(?![^>]*\ssrc=)(?![^>]*type="application/json")[^>]*>"""
    r"""|\son[a-z]+\s*=\s*["']|javascript:""",
    re.IGNORECASE,
)
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}


@pytest.mark.parametrize(
    ("column", "state"),
    [
        ("anonymous", State.PUBLISHED),
        ("officer", State.DRAFT),
        ("officer", State.PUBLISHED),
        ("reviewer", State.REVIEW),
        ("coordinator", State.APPROVED),
        ("viewer", State.PUBLISHED),
        ("superuser", State.DRAFT),
    ],
)
def test_looking_at_every_page_changes_nothing_and_runs_no_code(ministry, clients, column, state):
    ministry.put(state)
    entries = AuditEntry.objects.count()
    for url in every_url(ministry):
        with CaptureQueriesContext(connection) as queries:
            answer = clients[column].get(url)
        assert (url, answer.status_code < 500) == (url, True)
        assert (url, [q["sql"] for q in queries if OUR_TABLES.match(q["sql"])]) == (url, [])
        policy = answer["Content-Security-Policy"]
        assert (url, set(policy.split("; "))) == (url, POLICY)
        if answer["Content-Type"].startswith("text/html"):
            assert (url, INLINE.findall(answer.content.decode())) == (url, [])
    assert AuditEntry.objects.count() == entries


@pytest.mark.parametrize(
    "code",
    [
        '<p style="color: red">',
        "<style>",
        "<script>alert(1)</script>",
        '<a onclick="x()">',
        '<a href="javascript:x()">',
    ],
)
def test_inline_code_would_be_seen(code):
    assert len(INLINE.findall(f"<body>{code}</body>")) == 1
    assert INLINE.findall('<script type="module" src="/static/js/focus.js"></script>') == []


def test_an_undefined_variable_would_be_seen():
    with pytest.raises(pytest.fail.Exception, match="undefined variable 'state'"):
        render_to_string("components/chip.html", {"label": "作成中"})


def test_a_write_would_be_seen(ministry, clients):
    with CaptureQueriesContext(connection) as queries:
        fields = fields_for("entry_save", ministry.sheet) | {"version": 1}
        clients["officer"].post(address("entry_save", ministry.sheet), fields)
    written = [found[2] for q in queries if (found := OUR_TABLES.match(q["sql"]))]
    assert set(written) == {"accounts", "evaluations"}


def test_the_pages_forbid_being_framed_sniffed_and_told_on(clients):
    headers = clients["officer"].get("/").headers
    assert {
        name: headers[name]
        for name in (
            "X-Frame-Options",
            "X-Content-Type-Options",
            "Referrer-Policy",
            "Cross-Origin-Opener-Policy",
        )
    } == {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
