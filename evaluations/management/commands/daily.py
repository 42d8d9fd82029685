"""``manage.py daily``: once a day, the reminders and the digests."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from evaluations.domain.digests import send_digests
from evaluations.domain.reminders import remind


class Command(BaseCommand):
    """Reminders first, so that the digests hold them. A second run on one day adds nothing."""

    help = "期限のお知らせを作り、一日一回のまとめのメールを送信待ちに入れます。"

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        remind(today)
        digests = send_digests(today)
        self.stdout.write(f"まとめのメールを{digests}通、送信待ちに入れました。")
