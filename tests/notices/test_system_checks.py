"""What the checks say of mails that would fail or lead nowhere."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from notices.system_checks import SMTP, mails_have_a_sender, mails_lead_back

CONSOLE = "django.core.mail.backends.console.EmailBackend"
OURS, NOBODY = "noreply@sheets.example.jp", "noreply@localhost"


@pytest.mark.parametrize(
    ("site", "backend", "sender", "warnings"),
    [
        ("https://sheets.example.jp", SMTP, OURS, []),
        ("https://sheets.example.jp", CONSOLE, NOBODY, []),
        ("https://sheets.example.jp", SMTP, NOBODY, ["notices.W002"]),
        ("http://127.0.0.1:8000", SMTP, OURS, ["notices.W001"]),
        ("sheets.example.jp", CONSOLE, OURS, ["notices.W001"]),
        ("", SMTP, NOBODY, ["notices.W001", "notices.W002"]),
    ],
)
def test_what_is_missing_is_named(settings, site, backend, sender, warnings):
    settings.SITE_URL, settings.EMAIL_BACKEND, settings.DEFAULT_FROM_EMAIL = site, backend, sender
    assert [warning.id for warning in mails_lead_back(None)] == warnings


@pytest.mark.parametrize(
    ("sender", "errors"),
    [
        (OURS, []),
        (NOBODY, []),
        ("評価シート <noreply@sheets.example.jp>", []),
        ("評価、シート（外務省）<noreply@sheets.example.jp>", []),
        ('"外務省,評価シート" <noreply@sheets.example.jp>', []),
        ("外務省,評価シート <noreply@sheets.example.jp>", ["notices.E001"]),
        ("Ministry, Sheets <noreply@sheets.example.jp>", ["notices.E001"]),
        ("a@example.jp, b@example.jp", ["notices.E001"]),
        ("評価シート noreply@sheets.example.jp", ["notices.E001"]),
        ("noreply", ["notices.E001"]),
        ("noreply@", ["notices.E001"]),
        ("評価シート", ["notices.E001"]),
        ("a@example.jp\n", ["notices.E001"]),
        ("", ["notices.E001"]),
    ],
)
def test_a_sender_that_no_mail_can_have_is_an_error(settings, sender, errors):
    settings.DEFAULT_FROM_EMAIL = sender
    assert [error.id for error in mails_have_a_sender(None)] == errors


def test_mails_are_not_even_tried_without_a_sender(settings):
    """Each would fail for good after 22 attempts."""
    settings.DEFAULT_FROM_EMAIL = "Ministry, Sheets <noreply@sheets.example.jp>"
    with pytest.raises(SystemCheckError, match="メールを一通も送れません"):
        call_command("send_mails", skip_checks=False)
