"""App configuration of the editions."""

from django.apps import AppConfig

from audit.actions import register

LABELS = {"edition.load": "様式の読込み"}


class EditionsConfig(AppConfig):
    """Editions (様式): the form of a year as data, a TOML file and a print template."""

    name = "editions"
    verbose_name = "様式"

    def ready(self) -> None:
        """Register the action of the audit log."""
        register(LABELS)
