"""Printing as an app of Django's: it has no models, and brings its system checks along."""

from django.apps import AppConfig


class PrintingConfig(AppConfig):
    name = "printing"
    verbose_name = "印刷"

    def ready(self) -> None:
        """Register the system checks."""
        from printing import checks  # noqa: F401, PLC0415 -- it registers itself
