"""``manage.py verify_audit``: prove that the record is whole."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.audit import verify


class Command(BaseCommand):
    """Exit status 0 where the chain is whole, 1 where it is broken."""

    help = "監査記録の連鎖を先頭から検証し、最初に壊れている記録を示します。"

    def handle(self, *args: Any, **options: Any) -> None:
        found = verify()
        if found.broken_at:
            whole = f"番号{found.length}までは正しくつながっています。" if found.length else ""
            raise CommandError(
                f"監査記録は番号{found.broken_at}で壊れています。{found.problem}{whole}"
            )
        self.stdout.write(f"監査記録{found.length}件を検証しました。すべて正しくつながっています。")
