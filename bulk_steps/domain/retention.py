"""Retention of finished bulk steps: what was done stays in the sheets' transitions."""

from datetime import timedelta

from django.utils import timezone

from bulk_steps.models import BulkStep

RETENTION = timedelta(days=30)


def delete_old_bulk_steps() -> None:
    """Delete the bulk steps that were finished a month ago, with their results."""
    BulkStep.objects.filter(finished_at__lt=timezone.now() - RETENTION).delete()
