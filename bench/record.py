"""Which of the texts that the server acknowledged are stored."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from audit import trail
from audit.models import AuditEntry
from evaluations.models import Sheet
from evaluations.queries.content import entries_of


@dataclass(frozen=True)
class Saved:
    """A text that the server acknowledged as this version of an entry."""

    key: str
    version: int
    text: str


def lost(sheet: Sheet, saved: Iterable[Saved]) -> list[Saved]:
    """Return those of ``saved`` that are not stored.

    The newest text of an entry has to be in the entry; an older one has to be in the audit log,
    with its version and hash. If the hash chain of the log is broken, all count as lost.
    """
    known = list(saved)
    if trail.verify().faults:
        return known
    recorded = {
        (after["key"], after["version"], after["sha256"])
        for after in AuditEntry.objects.filter(
            action="entry.save", object_id=str(sheet.pk)
        ).values_list("after", flat=True)
    }
    entries = entries_of(sheet)
    newest = {each.key: each for each in sorted(known, key=lambda each: each.version)}
    return [
        each
        for each in known
        if (each.key, each.version, hashlib.sha256(each.text.encode()).hexdigest()) not in recorded
        or (each is newest[each.key] and entries[each.key].text != each.text)
    ]
