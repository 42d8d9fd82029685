"""What people are told."""

from django.apps import AppConfig

from audit.actions import register
from notices import system_checks  # noqa: F401 -- it registers itself

LABELS = {"mail.retry": "メールの再送"}


class NoticesConfig(AppConfig):
    """Messages in the application, and the mails on their way."""

    name = "notices"
    verbose_name = "お知らせ"

    def ready(self) -> None:
        """Register the action for the record."""
        register(LABELS)
