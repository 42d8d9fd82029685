"""What is counted for the limits on sign-ins and uploads, deleted once it no longer counts."""

from django.utils import timezone

from accounts.models import LimitEntry


def delete_expired_limits() -> None:
    """Delete the rows that no longer count; they hold addresses of those who asked."""
    LimitEntry.objects.filter(expires__lt=timezone.now()).delete()
