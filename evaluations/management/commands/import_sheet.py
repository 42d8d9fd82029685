"""``manage.py import_sheet FILE``: an official sheet's text, or a PDF of ours, as a draft."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import F

from core.refusals import Refusal
from editions.models import Edition
from evaluations.exchange.from_pdf import read_sheet_pdf, store_data
from evaluations.exchange.official import OfficialTextError, read_official_text
from evaluations.exchange.store import Stored, store_official
from evaluations.paper.sheet_reading import is_pdf


class Command(BaseCommand):
    """Prints what it was unsure of, and as its last line ``sheet <id>``."""

    help = (
        "公式シートから抜き出した文字列（UTF-8）又は本システムから取得したPDFを読み込み、下書きを"
        "作ります。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--replace", action="store_true", help="記入済みの下書きをファイルの文章で置き換える"
        )
        parser.add_argument(
            "--new",
            action="store_true",
            help="よく似た名称が台帳にあっても、別の機関・拠出金・課室として登録する",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file = options["file"]
        if not Edition.objects.exists():
            raise CommandError(
                "様式がまだありません。先に manage.py load_edition --shipped を実行してください。"
            )
        content, doubts = _bytes_of(file), list[str]()
        chosen = {"replace": options["replace"], "new": options["new"]}
        try:
            if is_pdf(content):
                edition, data = read_sheet_pdf(content)
                stored = store_data(edition, data, **chosen)
            else:
                stored, doubts = _read_text(_text_of(file, content), **chosen)
        except OfficialTextError as error:
            raise CommandError(f"{file}：{error}何も登録していません。") from error
        except Refusal as refusal:
            raise CommandError(f"{file}：{refusal.message}何も登録していません。") from refusal
        doubts += stored.doubts
        if doubts:
            self.stdout.write(f"確かめていただきたい点が{len(doubts)}件あります。")
        for doubt in doubts:
            self.stdout.write(f"  {doubt}")
        self.stdout.write(f"sheet {stored.sheet.pk}")


def _read_text(text: str, *, replace: bool, new: bool) -> tuple[Stored, list[str]]:
    """Store the text of an official sheet; return also what its reader was unsure of."""
    # Of two editions of one title, the one that is in use.
    editions = list(Edition.objects.order_by(F("published_at").asc(nulls_last=True), "key"))
    read = read_official_text(text, [edition.definition for edition in editions])
    edition = next(each for each in editions if each.key == read.edition_key)
    doubts = [
        f"{doubt.line}行目：{doubt.message}" if doubt.line else doubt.message
        for doubt in read.doubts
    ]
    return store_official(read, edition, replace=replace, new=new), doubts


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(
            f"{file} を開けません（{error.strerror}）。ファイルの場所を確かめてください。"
        ) from error


def _text_of(file: Path, content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CommandError(
        f"{file} は文字列として読めません。PDFから抜き出した文字列をUTF-8で保存してください。"
        "何も登録していません。"
    )
