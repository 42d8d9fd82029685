"""``manage.py load_edition FILE.toml`` or ``--shipped``: load editions into the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from editions.domain.load import SHIPPED, load_edition
from editions.parse import EditionError


class Command(BaseCommand):
    """Loads all files or none: with one error in one file, nothing is stored."""

    help = "様式（TOML）を読み込みます。使用中の様式は変更しません。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE.toml")
        parser.add_argument("--shipped", action="store_true", help="同梱の様式をすべて読み込む")

    def handle(self, *args: Any, **options: Any) -> None:
        files = options["files"] + (sorted(SHIPPED.glob("*.toml")) if options["shipped"] else [])
        if not files:
            raise CommandError("読み込むTOMLファイルか --shipped を指定してください。")
        with transaction.atomic():
            for file in files:
                self._load(file)

    def _load(self, file: Path) -> None:
        try:
            loaded = load_edition(file.read_text(encoding="utf-8"))
        except OSError as error:
            raise CommandError(f"{file} を開けません（{error.strerror}）。") from error
        except UnicodeDecodeError as error:
            raise CommandError(
                f"{file} はUTF-8の文字列として読めません。UTF-8で保存してください。"
            ) from error
        except EditionError as error:
            problems = "\n".join(f"  {problem}" for problem in error.problems)
            raise CommandError(f"{file} は様式として使えません。\n{problems}") from error
        result = "読み込みました" if loaded.changed else "読込済みです（変更なし）"
        self.stdout.write(f"様式「{loaded.edition}」（{loaded.edition.key}）：{result}。")
