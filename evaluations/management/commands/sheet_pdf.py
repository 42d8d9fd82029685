"""``manage.py sheet_pdf ID -o FILE``: the official PDF of a sheet."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from evaluations.management.sheet_command import SheetCommand
from evaluations.paper.issued_pdf import pdf_of
from printing.errors import PrintingError


class Command(SheetCommand):
    """Writes the stored PDF of a decided sheet, or the present draft marked 案."""

    help = "シートのPDFをファイルに書き出します。確定前は「案」と印字されます。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        sheet = self.sheet(options["sheet"])
        try:
            pdf = pdf_of(sheet)
        except PrintingError as error:
            raise CommandError(error.message) from error
        try:
            options["output"].write_bytes(pdf)
        except OSError as error:
            raise CommandError(
                f"{options['output']} に書き込めません（{error.strerror}）。"
                "書き込める場所を -o で指定してください。"
            ) from error
        self.stdout.write(f"{options['output']} に書き出しました（{len(pdf):,}バイト）。")
