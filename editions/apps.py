"""The forms of the years."""

from django.apps import AppConfig

from audit.actions import register

LABELS = {"edition.load": "様式の読込み"}


class EditionsConfig(AppConfig):
    """An edition (様式) is data: a TOML file and a print template."""

    name = "editions"
    verbose_name = "様式"

    def ready(self) -> None:
        """Register the action for the record."""
        register(LABELS)
