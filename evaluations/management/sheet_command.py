"""What the commands on one sheet have in common."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from evaluations.models import Sheet

MAX_ID = 2**63 - 1  # what the databases can look up


class SheetCommand(BaseCommand):
    """A command on the sheet whose number is its first argument."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sheet", metavar="ID", help="シートの番号")

    def sheet(self, number: str | int) -> Sheet:
        """Return the sheet numbered ``number``, or end the command with a clear message."""
        if not str(number).isdecimal():
            raise CommandError(
                f"「{number}」はシートの番号ではありません。「12」のように数字で指定してください。"
            )
        sheet = (
            Sheet.objects.select_related(
                "cycle", "edition", "division", "contribution__organization"
            )
            .filter(pk=min(int(number), MAX_ID))
            .first()
        )
        if sheet is None:
            raise CommandError(
                f"番号{number}のシートはありません。シート一覧か import_sheet の最後の行で番号を"
                "確かめてください。"
            )
        return sheet
