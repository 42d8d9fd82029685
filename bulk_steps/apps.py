"""App configuration of the bulk steps."""

from django.apps import AppConfig

from audit.actions import register

LABELS = {"bulk_step.ask": "まとめて行う操作の依頼"}


class BulkStepsConfig(AppConfig):
    """One step of the workflow with many sheets, each with a result of its own."""

    name = "bulk_steps"
    verbose_name = "まとめて行う操作"

    def ready(self) -> None:
        """Register the action of the audit log. Each step that is taken has an entry of its own."""
        register(LABELS)
