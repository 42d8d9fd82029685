"""``manage.py verify_audit``: prove that the record is whole."""

import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.chain import ChainCheck, NotedHead
from audit.report import report_as_text, verification_report
from config.issued_pdf_audit import heads_of_issued_pdfs, result_of_issued_pdfs
from evaluations.paper.audit_head import head_inside

HEAD_FORMAT = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


class Command(BaseCommand):
    """Exit status 0 where every check is sound, 1 where one found a fault."""

    help = (
        "監査記録に、書換え・削除・差し込み・入替え・末尾の切取り・作り直しがないことを検証し、"
        "報告書を出力します。異状があれば終了コードは1です。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--report", type=Path, metavar="FILE", help="報告書をファイルにも書き出します。"
        )
        parser.add_argument(
            "--head",
            action="append",
            default=[],
            metavar="番号:ハッシュ",
            help="紙などに控えた番号とハッシュとも照合します（何度でも指定可）。",
        )

        parser.add_argument(
            "--pdf",
            action="append",
            type=Path,
            default=[],
            metavar="FILE",
            help="手元にある確定PDFの中のハッシュとも照合します（何度でも指定可）。",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        paper = [_note(head) for head in options["head"]]
        paper += [_note_in(path) for path in options["pdf"]]
        report = verification_report([*heads_of_issued_pdfs(), *paper], [result_of_issued_pdfs()])
        words = report_as_text(report)
        self.stdout.write(words)
        if options["report"]:
            _write(options["report"], words)
        if not report.is_sound:
            raise CommandError("監査記録に異状があります。上の報告の×の項目を確かめてください。")


def _note(head: str) -> NotedHead:
    if not (found := HEAD_FORMAT.fullmatch(head.strip().lower())):
        raise CommandError(
            f"「{head}」を読めません。「番号:64文字のハッシュ」の形で指定してください。"
        )
    return NotedHead(int(found[1]), found[2], f"手元の控え（番号{found[1]}）", ChainCheck.PAPER)


def _note_in(path: Path) -> NotedHead:
    try:
        head = head_inside(path.read_bytes())
    except OSError as error:
        raise CommandError(f"{path} を読めません（{error.strerror}）。") from error
    if head is None:
        raise CommandError(
            f"{path} に監査記録のハッシュがありません。本システムから取得した確定PDFを、"
            "そのまま指定してください。"
        )
    return NotedHead(*head, f"手元のPDF（{path.name}）", ChainCheck.PAPER)


def _write(path: Path, words: str) -> None:
    try:
        path.write_text(words, encoding="utf-8")
    except OSError as error:
        raise CommandError(
            f"{path} に書き込めません（{error.strerror}）。"
            "書き込める場所を --report で指定してください。"
        ) from error
