"""Export of the audit log: CSV for people, JSON Lines for independent verification."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from audit.actions import action_in_words, kind_in_words
from audit.models import AuditEntry
from audit.trail import hashed_fields
from core import spreadsheet

HEADINGS = (
    "番号",
    "日時",
    "行為者（当時）",
    "役割（当時）",
    "行為",
    "対象の種類",
    "対象",
    "対象の番号",
    "変更前",
    "変更後",
    "要求番号",
    "直前のハッシュ",
    "ハッシュ",
)


def entries_as_csv(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """Yield ``entries`` as lines of CSV for Excel, headings first."""
    yield from spreadsheet.csv_lines(HEADINGS, map(_cells, entries))


def _cells(entry: AuditEntry) -> tuple[Any, ...]:
    return (
        entry.sequence,
        f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}",
        entry.actor_name,
        entry.role,
        action_in_words(entry.action),
        kind_in_words(entry.object_type),
        entry.object_label,
        entry.object_id,
        json.dumps(entry.before, ensure_ascii=False, sort_keys=True),
        json.dumps(entry.after, ensure_ascii=False, sort_keys=True),
        entry.request_id,
        entry.previous_hash,
        entry.hash,
    )


def entries_as_jsonl(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """Yield ``entries`` as JSON Lines: the hashed fields and the hash; see docs/audit.md."""
    for entry in entries:
        line = hashed_fields(entry) | {"hash": entry.hash}
        yield json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n"
