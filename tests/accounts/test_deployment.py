"""What the check of a deployment says of mails that would lead nowhere."""

import pytest

from accounts.deployment import SMTP, mails_lead_back

CONSOLE = "django.core.mail.backends.console.EmailBackend"
OURS, NOBODY = "noreply@sheets.example.jp", "noreply@localhost"


@pytest.mark.parametrize(
    ("site", "backend", "sender", "warnings"),
    [
        ("https://sheets.example.jp", SMTP, OURS, []),
        ("https://sheets.example.jp", CONSOLE, NOBODY, []),
        ("https://sheets.example.jp", SMTP, NOBODY, ["accounts.W002"]),
        ("http://127.0.0.1:8000", SMTP, OURS, ["accounts.W001"]),
        ("sheets.example.jp", CONSOLE, OURS, ["accounts.W001"]),
        ("", SMTP, NOBODY, ["accounts.W001", "accounts.W002"]),
    ],
)
def test_what_is_missing_is_named(settings, site, backend, sender, warnings):
    settings.SITE_URL, settings.EMAIL_BACKEND, settings.DEFAULT_FROM_EMAIL = site, backend, sender
    assert [warning.id for warning in mails_lead_back(None)] == warnings
