"""By what the paper of a draft is known: everything it is made of, in one hash."""

import hashlib
from functools import cache
from pathlib import Path

from booklets.models import PrintedDraft
from evaluations import paper
from printing.fingerprint import fingerprint


def key_of(page: str, data: bytes) -> str:
    """Return the hash of the paper that the HTML ``page`` becomes: of it and what sets it.

    ``data``: what the sheet says, in the form in which it goes with the paper.
    """
    of_data = hashlib.sha256(data).hexdigest()
    return hashlib.sha256(f"{_made_with()}\n{of_data}\n{page}".encode()).hexdigest()


def stored(key: str) -> bytes | None:
    """Return the paper known by ``key``, or None where it has to be made."""
    found = PrintedDraft.objects.filter(pk=key).values_list("content", flat=True).first()
    return None if found is None else bytes(found)


@cache
def _made_with() -> str:
    """Return the hash of what sheets are printed with: the printer, and what lays them out."""
    made_with = hashlib.sha256(fingerprint().encode())
    for ours in sorted(Path(paper.__file__).parent.rglob("*.py")):
        made_with.update(ours.read_bytes())
    return made_with.hexdigest()
