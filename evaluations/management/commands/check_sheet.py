"""``manage.py check_sheet ID``: what the rules find in a sheet."""

import sys
from typing import Any

from evaluations.checks import findings_in
from evaluations.management.sheet_command import SheetCommand
from evaluations.queries.checked_sheets import checked_sheet_of


class Command(SheetCommand):
    """One finding a line: level, rule, place, sentence. Exit status 1 if one blocks."""

    help = "シートを点検し、指摘を出力します。提出を妨げる指摘があれば終了コードは1です。"

    def handle(self, *args: Any, **options: Any) -> None:
        sheet = self.sheet(options["sheet"])
        findings = findings_in(checked_sheet_of(sheet))
        for finding in findings:
            self.stdout.write(
                f"{finding.level}（{finding.level.label}）\t{finding.rule}\t{finding.item}\t"
                f"{finding.message}"
            )
        blocking = sum(finding.blocks for finding in findings)
        self.stdout.write(f"指摘{len(findings)}件、うち要修正{blocking}件")
        if blocking:
            sys.exit(1)
