"""Looking at any page changes nothing, and no page carries code."""

import re

import pytest
from django.template.loader import render_to_string

from audit.models import AuditEntry
from evaluations.enums import State
from tests.evaluations.access.addresses import every_url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

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


@pytest.mark.sweep
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
    """A page that writes is refused by ``tests.safe_requests``, and so answers 500."""
    ministry.put(state)
    entries = AuditEntry.objects.count()
    for url in every_url(ministry):
        answer = clients[column].get(url)
        assert (url, answer.status_code < 500) == (url, True)
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
