"""Cache of printed drafts, with a hash of all inputs as key."""

import hashlib
from functools import cache
from pathlib import Path

from booklets.models import PrintedDraft
from evaluations import paper
from printing.fingerprint import fingerprint


def draft_key(page: str, data: bytes) -> str:
    """Return the cache key for the HTML ``page`` with the attached ``data`` of the sheet."""
    of_data = hashlib.sha256(data).hexdigest()
    return hashlib.sha256(f"{_made_with()}\n{of_data}\n{page}".encode()).hexdigest()


def cached_draft(key: str) -> bytes | None:
    """Return the cached PDF for ``key``, or None."""
    found = PrintedDraft.objects.filter(pk=key).values_list("content", flat=True).first()
    return None if found is None else bytes(found)


@cache
def _made_with() -> str:
    """Return a hash of the printer's fingerprint and the code that lays out sheets."""
    made_with = hashlib.sha256(fingerprint().encode())
    for ours in sorted(Path(paper.__file__).parent.rglob("*.py")):
        made_with.update(ours.read_bytes())
    return made_with.hexdigest()
