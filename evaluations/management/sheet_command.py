"""What the commands on one sheet have in common."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from evaluations.models import Sheet


class SheetCommand(BaseCommand):
    """A command on the sheet whose number is its first argument."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sheet", type=int, metavar="ID", help="シートの番号")

    def sheet(self, pk: int) -> Sheet:
        """Return the sheet numbered ``pk``, or end the command with a clear message."""
        sheet = (
            Sheet.objects.select_related(
                "cycle", "edition", "division", "contribution__organization"
            )
            .filter(pk=pk)
            .first()
        )
        if sheet is None:
            raise CommandError(
                f"番号{pk}のシートはありません。シート一覧か import_sheet の最後の行で番号を"
                "確かめてください。"
            )
        return sheet
