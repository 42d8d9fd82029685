"""``manage.py send_mails``: send the mails that are due."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from notices.domain.outbox import send_due


class Command(BaseCommand):
    """Safe to run often and concurrently. Exit status 1 if a mail could not be sent."""

    help = "送信待ちのメールを送ります。失敗したものは、間隔を空けて繰り返し送ります。"

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = send_due()
        if outcome.sent or outcome.failed:
            self.stdout.write(f"送信{outcome.sent}件、失敗{outcome.failed}件。")
        if outcome.trouble:
            raise CommandError(
                "メールサーバーを使えないため、残りは後で送ります。EMAIL_URL とサーバーの状態を"
                f"確かめてください（{outcome.trouble}）。"
            )
        if outcome.failed:
            raise CommandError(
                f"送れなかったメールが{outcome.failed}通あります。間隔を空けて送り直します。管理画面の"
                "「送信メール」で、理由と宛先を確かめてください。"
            )
