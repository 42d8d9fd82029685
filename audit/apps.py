"""The record."""

from django.apps import AppConfig

from audit.actions import register


class AuditConfig(AppConfig):
    """Who did what, when, in which role: an append-only log that can be verified."""

    name = "audit"
    verbose_name = "監査記録"

    def ready(self) -> None:
        """Register the actions on the register, and the checks of a deployment."""
        from audit import records, system_checks  # noqa: F401, PLC0415 -- they need models

        register(records.LABELS)
