"""What ``manage.py check --deploy`` says of mails that would lead nowhere."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@register(Tags.security, deploy=True)
def mails_lead_back(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn of links that work on this machine alone, and of a sender that does not exist."""
    found: list[CheckMessage] = []
    if urlsplit(settings.SITE_URL).scheme != "https":
        found.append(
            Warning(
                "SITE_URL が、https:// で始まる公開のアドレスになっていません。"
                "メールのリンクが開けません。",
                hint="例：SITE_URL=https://sheets.example.jp",
                id="accounts.W001",
            )
        )
    if settings.EMAIL_BACKEND == SMTP and settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        found.append(
            Warning(
                "DEFAULT_FROM_EMAIL（メールの差出人）が指定されていません。",
                hint="例：DEFAULT_FROM_EMAIL=noreply@sheets.example.jp",
                id="accounts.W002",
            )
        )
    return found
