"""By what the paper of a draft is known: everything it is made of, in one hash."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from accounts.print_fonts import font_files
from evaluations.models import PrintedDraft

LIBRARIES = ("weasyprint", "pydyf", "fonttools", "tinycss2", "cssselect2", "pikepdf")
STYLES = Path(__file__).resolve().parents[2] / "static" / "print"


def key_of(page: str, data: bytes) -> str:
    """Return the hash of the paper that the HTML ``page`` becomes: of it and what sets it.

    ``data``: what the sheet says, in the form in which it goes with the paper.
    """
    of_data = hashlib.sha256(data).hexdigest()
    return hashlib.sha256(f"{_engine()}\n{of_data}\n{page}".encode()).hexdigest()


def stored(key: str) -> bytes | None:
    """Return the paper known by ``key``, or None where it has to be made."""
    found = PrintedDraft.objects.filter(pk=key).values_list("content", flat=True).first()
    return None if found is None else bytes(found)


@cache
def _engine() -> str:
    """Return the hash of what every sheet is printed with: our own code, CSS, fonts, libraries."""
    made_with = hashlib.sha256()
    for name in LIBRARIES:
        made_with.update(f"{name} {version(name)}\n".encode())
    made_with.update(f"pango {_pango()}\n".encode())
    for path in font_files():
        # The bytes of all fonts would take a second to read; a package's files keep their dates.
        stat = Path(path).stat()
        made_with.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    for ours in (*sorted(STYLES.glob("*.css")), *sorted(Path(__file__).parent.rglob("*.py"))):
        made_with.update(ours.read_bytes())
    return made_with.hexdigest()


def _pango() -> int:
    # WeasyPrint takes half a second to import, which only who prints need pay.
    from weasyprint.text.ffi import pango  # noqa: PLC0415

    number: int = pango.pango_version()
    return number
