"""``manage.py daily``: once a day, the reminders and the digests, and the clearing away."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.domain.limits import delete_expired_limits
from booklets.domain.queue import put_back_what_is_forgotten
from booklets.domain.retention import clear_away
from evaluations.domain.digests import send_digests
from evaluations.domain.presence import forget_absent
from evaluations.domain.reminders import remind


class Command(BaseCommand):
    """Reminders first, so that the digests hold them. A second run on one day adds nothing."""

    help = "期限のお知らせを作り、まとめのメールを送信待ちに入れ、期限の切れた冊子を消します。"

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        remind(today)
        digests = send_digests(today)
        self.stdout.write(f"まとめのメールを{digests}通、送信待ちに入れました。")
        delete_expired_limits()
        forget_absent()
        put_back_what_is_forgotten()
        self.stdout.write(f"保存期間の終わった冊子を{clear_away()}件、消しました。")
