"""``manage.py set_audit_heads_aside``: rename the heads file of another database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from audit import trail
from audit.heads_file import append_head, belongs_to_another_chain, heads_file, set_heads_aside
from audit.models import AuditHead


class Command(BaseCommand):
    """Renames a heads file of another database, never the present one's, which proves its log."""

    help = (
        "別のデータベースの控えのファイル（AUDIT_HEADS_FILE）を、日時の付いた名前に変えて残し、"
        "このデータベースの控えを始めます。"
    )
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            head = trail.current_head()
        except DatabaseError:
            head = AuditHead()  # before the first migrate
        try:
            if not heads_file().exists():
                raise CommandError(f"控えのファイル {heads_file()} はありません。")
            if not belongs_to_another_chain(head.chain):
                raise CommandError(
                    f"控えのファイル {heads_file()} は、このデータベースのものです。"
                    "監査記録の証拠になるため、名前を変えません。"
                )
            kept = set_heads_aside()
            self.stdout.write(f"控えのファイルを {kept} に移しました。")
            if head.sequence:
                append_head(head.chain, head.sequence, head.hash)
                self.stdout.write(f"番号{head.sequence}の記録から、控えを始めました。")
        except OSError as error:
            raise CommandError(
                f"控えのファイル {heads_file()} を移せません（{error.strerror}）。"
                "場所と書込みの権限を確かめてください。"
            ) from error
