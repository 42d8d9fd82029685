"""App configuration of the audit log."""

from django.apps import AppConfig

from audit.actions import register


class AuditConfig(AppConfig):
    """The audit log: append-only, hash-chained, verifiable."""

    name = "audit"
    verbose_name = "監査記録"

    def ready(self) -> None:
        """Register the actions of ``records`` and the system checks."""
        from audit import records, system_checks  # noqa: F401, PLC0415 -- they need models

        register(records.LABELS)
