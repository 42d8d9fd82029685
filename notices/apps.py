"""App configuration of the notices."""

from django.apps import AppConfig

from audit.actions import register
from notices import system_checks  # noqa: F401 -- it registers itself

LABELS = {"mail.retry": "メールの再送"}


class NoticesConfig(AppConfig):
    """Messages shown in the application, and the outbox of mails."""

    name = "notices"
    verbose_name = "お知らせ"

    def ready(self) -> None:
        """Register the action of the audit log."""
        register(LABELS)
