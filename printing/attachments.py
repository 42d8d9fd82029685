"""Reading the files attached to an untrusted PDF, within limits."""

import io
import re
from typing import Final

import pikepdf
from pikepdf import settings

MAX_PDF: Final = 50_000_000  # bytes
MAX_FILES: Final = 20
MAX_ATTACHED_BYTES: Final = 2_000_000  # of all files together, unpacked; ours have a quarter of it
# Cross-reference tables are chained by /Prev and /XRefStm, and each, a few bytes long, may unpack
# to the limit below: a short file could take hours. A name may be written with any letter as #xx.
# The bookmarks of a sheet use /Prev as well.
MAX_LINKS: Final = 50
MAX_STREAMS: Final = 300  # a sheet's PDF has a few dozen


def _name(letters: str) -> str:
    """Return a pattern for a PDF name, with or without #xx escapes."""
    return "/" + "".join(f"(?:{each}|#(?i:{ord(each):02x}))" for each in letters)


_LINK = re.compile(f"{_name('Prev')}|{_name('XRefStm')}".encode())
_STREAM = re.compile(rb"(?<!end)stream")
# Limit on the unpacked size of one stream, against decompression bombs. It applies to every PDF
# this process reads; our own largest stream, a font, is a hundredth of it.
settings.set_qpdf_limits(
    flate_max_memory=32_000_000,
    run_length_max_memory=32_000_000,
    png_max_memory=32_000_000,
    tiff_max_memory=32_000_000,
    max_stream_filters=2,
    doc_max_warnings=100,
)


class UnreadablePdf(ValueError):
    """The bytes are not a PDF, or the PDF is encrypted, damaged or beyond the limits."""


def attachments_in(pdf: bytes) -> dict[str, bytes]:
    """Return the files attached to ``pdf`` by name, sorted by name. Raises UnreadablePdf."""
    if len(pdf) > MAX_PDF:
        raise UnreadablePdf("larger than any PDF of ours")
    # Checked before pikepdf parses the file.
    if len(_LINK.findall(pdf)) > MAX_LINKS or len(_STREAM.findall(pdf)) > MAX_STREAMS:
        raise UnreadablePdf("more tables or streams than any PDF of ours")
    try:
        with pikepdf.open(io.BytesIO(pdf), suppress_warnings=True) as opened:
            return _files(opened)
    except UnreadablePdf:
        raise
    except (pikepdf.PikepdfError, ValueError, TypeError, KeyError, AttributeError) as error:
        # pikepdf raises various exceptions for objects of an unexpected type.
        raise UnreadablePdf(str(error)) from error


def _files(pdf: pikepdf.Pdf) -> dict[str, bytes]:
    names = list(pdf.attachments)
    if len(names) > MAX_FILES:
        raise UnreadablePdf(f"more than {MAX_FILES} attachments")
    files: dict[str, bytes] = {}
    left = MAX_ATTACHED_BYTES
    for name in names:
        content = pdf.attachments[name].get_file().read_bytes()
        left -= len(content)
        if left < 0:
            raise UnreadablePdf(f"attachments of more than {MAX_ATTACHED_BYTES:,} bytes")
        files[name] = content
    return files
