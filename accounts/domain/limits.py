"""Deletion of expired rate limit counters."""

from django.utils import timezone

from accounts.models import LimitEntry


def delete_expired_limits() -> None:
    """Delete expired rows, which contain client addresses."""
    LimitEntry.objects.filter(expires__lt=timezone.now()).delete()
