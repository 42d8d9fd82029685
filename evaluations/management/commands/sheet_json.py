"""``manage.py sheet_json ID``: a sheet as JSON, every field by its edition key."""

import json
from typing import Any

from evaluations.content import to_json
from evaluations.management.sheet_command import SheetCommand
from evaluations.queries.content import content_of


class Command(SheetCommand):
    """Prints one JSON object; amounts in 千円, texts as stored."""

    help = "シートの全項目を、様式のキーごとにJSONで出力します。"

    def handle(self, *args: Any, **options: Any) -> None:
        sheet = self.sheet(options["sheet"])
        head = {"id": sheet.pk, "state": sheet.state, "version": sheet.version}
        body = to_json(content_of(sheet), sheet.edition.definition)
        self.stdout.write(json.dumps(head | body, ensure_ascii=False, indent=2))
