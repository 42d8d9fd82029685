"""``manage.py note_audit_head``: print the head of the audit log and add it to the heads file."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit.heads_file import ForeignHeadsFile, append_head, heads_file
from audit.models import AuditHead


class Command(BaseCommand):
    """Appends the head to the heads file and prints it, to be kept on paper or elsewhere."""

    help = "監査記録の末尾の番号とハッシュを、控えのファイルに書き加え、印刷用にも出力します。"

    def handle(self, *args: Any, **options: Any) -> None:
        head = AuditHead.objects.filter(pk=1).first()
        if head is None or not head.sequence:
            raise CommandError("監査記録がまだ1件もありません。")
        now = timezone.localtime()
        self.stdout.write(f"{head.sequence}:{head.hash}")
        self.stderr.write(
            f"{now:%Y年%-m月%-d日 %H:%M}の監査記録の末尾です。次のコマンドで照合できます。\n"
            f"manage.py verify_audit --head {head.sequence}:{head.hash}"
        )
        try:
            append_head(head.chain, head.sequence, head.hash)
        except ForeignHeadsFile as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(
                f"控えのファイル {heads_file()} に書き込めませんでした。"
                "場所と書込みの権限を確かめてください。"
            ) from error
