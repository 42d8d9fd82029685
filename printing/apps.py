"""App configuration of the printer: system checks, no models."""

from django.apps import AppConfig


class PrintingConfig(AppConfig):
    name = "printing"
    verbose_name = "印刷"

    def ready(self) -> None:
        """Register the system checks."""
        from printing import system_checks  # noqa: F401, PLC0415 -- it registers itself
