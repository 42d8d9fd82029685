"""``manage.py verify_pdf FILE``: whether a PDF is the one that was issued."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from evaluations.paper.verdict_words import verdict_in_words
from evaluations.paper.verification import PdfStatus, verify_inside
from printing.errors import ReaderFailed

# 1 is a file that cannot be opened, 2 an argument that is missing.
EXIT_STATUS = {
    PdfStatus.VALID: 0,
    PdfStatus.OLDER: 3,
    PdfStatus.REVOKED: 3,
    PdfStatus.ALTERED: 4,
    PdfStatus.DRAFT: 5,
    PdfStatus.FOREIGN: 6,
    PdfStatus.UNREADABLE: 6,
    PdfStatus.TOO_COSTLY: 6,
}


class Command(BaseCommand):
    """Prints what it found; the exit status tells it to a script."""

    help = (
        "PDFが、確定したときに発行したものかを確かめます。終了コードは、有効なもの0、以前のもの又は"
        "確定が取り消されたもの3、発行したものと違うもの4、案5、本システムのPDFでないもの6、"
        "ファイルを開けないとき1です。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        file = options["file"]
        try:
            verdict = verify_inside(file.read_bytes())
        except OSError as error:
            raise CommandError(
                f"{file} を開けません（{error.strerror}）。ファイルの場所を確かめてください。"
            ) from error
        except ReaderFailed as failed:
            raise CommandError(f"{file}：{failed.message}") from failed
        words = verdict_in_words(verdict)
        said = f"{file}：{words.title}。{words.text}"
        if status := EXIT_STATUS[verdict.status]:
            raise CommandError(said, returncode=status)
        self.stdout.write(said)
