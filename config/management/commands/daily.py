"""``manage.py daily``: reminders, digests, and deletion of expired data."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.domain.limits import delete_expired_limits
from booklets.domain.queue import requeue_stalled
from booklets.domain.retention import delete_expired
from bulk_steps.domain.queue import requeue_forgotten
from bulk_steps.domain.retention import delete_old_bulk_steps
from core.worker import delete_old_tasks
from evaluations.domain.digests import send_digests
from evaluations.domain.presence import forget_absent
from evaluations.domain.reminders import remind


class Command(BaseCommand):
    """Idempotent within a day. Reminders come first, so that the digests include them."""

    help = "期限のお知らせを作り、まとめのメールを送信待ちに入れ、期限の切れた冊子などを消します。"

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        remind(today)
        digests = send_digests(today)
        self.stdout.write(f"まとめのメールを{digests}通、送信待ちに入れました。")
        delete_expired_limits()
        forget_absent()
        requeue_stalled()
        requeue_forgotten()
        delete_old_bulk_steps()
        delete_old_tasks()
        self.stdout.write(f"保存期間の終わった冊子を{delete_expired()}件、消しました。")
