"""System checks of the mail settings."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from core.mail_headers import is_sender

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@register()
def mails_have_a_sender(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Report an invalid ``DEFAULT_FROM_EMAIL``, with which no mail could be sent."""
    if is_sender(settings.DEFAULT_FROM_EMAIL):
        return []
    return [
        Error(
            f"DEFAULT_FROM_EMAIL（メールの差出人）「{settings.DEFAULT_FROM_EMAIL}」を、一つの"
            "メールアドレスとして読めません。このままではメールを一通も送れません。",
            hint="例：noreply@sheets.example.jp、評価シート <noreply@sheets.example.jp>。名前に"
            'コンマなどの記号があるときは、名前を " で囲みます（"Ministry, Sheets" '
            "<noreply@sheets.example.jp>）。",
            id="notices.E001",
        )
    ]


@register(Tags.security, deploy=True)
def mails_lead_back(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn of a local ``SITE_URL`` and of the default sender, in deployment."""
    found: list[CheckMessage] = []
    if urlsplit(settings.SITE_URL).scheme != "https":
        found.append(
            Warning(
                "SITE_URL が、https:// で始まる公開のアドレスになっていません。"
                "メールのリンクが開けません。",
                hint="例：SITE_URL=https://sheets.example.jp",
                id="notices.W001",
            )
        )
    if settings.EMAIL_BACKEND == SMTP and settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        found.append(
            Warning(
                "DEFAULT_FROM_EMAIL（メールの差出人）が指定されていません。",
                hint="例：DEFAULT_FROM_EMAIL=noreply@sheets.example.jp",
                id="notices.W002",
            )
        )
    return found
