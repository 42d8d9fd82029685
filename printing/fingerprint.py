"""Fingerprint of the installation: code, style sheets, fonts and libraries that affect a PDF."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from printing.fonts import font_files
from printing.style_sheets import style_files

LIBRARIES = ("weasyprint", "pydyf", "fonttools", "tinycss2", "cssselect2", "pikepdf")


@cache
def fingerprint() -> str:
    """Return a hash over everything that affects the PDFs of this installation."""
    made_with = hashlib.sha256()
    for name in LIBRARIES:
        made_with.update(f"{name} {version(name)}\n".encode())
    made_with.update(f"pango {_pango()}\n".encode())
    for path in font_files():
        # Reading all font files would take a second; packaged files keep their mtime.
        stat = Path(path).stat()
        made_with.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    for ours in (*style_files(), *sorted(Path(__file__).parent.rglob("*.py"))):
        made_with.update(ours.read_bytes())
    return made_with.hexdigest()


def _pango() -> int:
    # Importing WeasyPrint takes half a second, needed only for printing.
    from weasyprint.text.ffi import pango  # noqa: PLC0415

    number: int = pango.pango_version()
    return number
