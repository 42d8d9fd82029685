"""The yearly sheet."""

from django.apps import AppConfig

from audit.actions import register
from evaluations.audit_actions import LABELS


class EvaluationsConfig(AppConfig):
    """Editions, cycles, sheets, review, print, publication."""

    name = "evaluations"
    verbose_name = "年度の評価"

    def ready(self) -> None:
        """Register the audit actions of this app."""
        register(LABELS)
