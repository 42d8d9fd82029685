"""By what two PDFs of the same page could differ: our code, style sheets, fonts, libraries."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from printing.fonts import font_files
from printing.style_sheets import style_files

LIBRARIES = ("weasyprint", "pydyf", "fonttools", "tinycss2", "cssselect2", "pikepdf")


@cache
def fingerprint() -> str:
    """Return the hash of everything that this installation prints with."""
    made_with = hashlib.sha256()
    for name in LIBRARIES:
        made_with.update(f"{name} {version(name)}\n".encode())
    made_with.update(f"pango {_pango()}\n".encode())
    for path in font_files():
        # The bytes of all fonts would take a second to read; a package's files keep their dates.
        stat = Path(path).stat()
        made_with.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    for ours in (*style_files(), *sorted(Path(__file__).parent.rglob("*.py"))):
        made_with.update(ours.read_bytes())
    return made_with.hexdigest()


def _pango() -> int:
    # WeasyPrint takes half a second to import, which only who prints need pay.
    from weasyprint.text.ffi import pango  # noqa: PLC0415

    number: int = pango.pango_version()
    return number
