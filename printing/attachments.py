"""The files attached to a PDF, read with limits: the PDF may come from anybody."""

import io
import re
from typing import Final

import pikepdf
from pikepdf import settings

MAX_PDF: Final = 50_000_000  # bytes
MAX_FILES: Final = 20
MAX_BYTES: Final = 2_000_000  # of all the files together, unpacked; ours have a quarter of it
# A PDF says where its tables of objects lie by chains of these two, and each table, some bytes
# long, may unpack to the utmost below, again and again: what is short can be made to take hours.
# The names may be written with any letter as #xx. The bookmarks of a sheet use /Prev as well.
MAX_LINKS: Final = 50
MAX_STREAMS: Final = 300  # a sheet's PDF has some dozens


def _name(letters: str) -> str:
    """Return the pattern of a name of PDF, however its letters are written."""
    return "/" + "".join(f"(?:{each}|#(?i:{ord(each):02x}))" for each in letters)


_LINK = re.compile(f"{_name('Prev')}|{_name('XRefStm')}".encode())
_STREAM = re.compile(rb"(?<!end)stream")
# What one stream of a PDF may unpack to: a few bytes can be made to fill any memory. It holds for
# every PDF this process reads; the largest stream of our own, a font, is a hundredth of it.
settings.set_qpdf_limits(
    flate_max_memory=32_000_000,
    run_length_max_memory=32_000_000,
    png_max_memory=32_000_000,
    tiff_max_memory=32_000_000,
    max_stream_filters=2,
    doc_max_warnings=100,
)


class UnreadablePdf(ValueError):
    """The bytes are no PDF, a locked or a spoilt one, or more than the limits allow."""


def attachments_in(pdf: bytes) -> dict[str, bytes]:
    """Return the files attached to ``pdf`` by name, in the order of their names.

    Raises UnreadablePdf. Nothing is loaded, written or run; memory stays within the limits.
    """
    if len(pdf) > MAX_PDF:
        raise UnreadablePdf("larger than any PDF of ours")
    # Before the library has seen it.
    if len(_LINK.findall(pdf)) > MAX_LINKS or len(_STREAM.findall(pdf)) > MAX_STREAMS:
        raise UnreadablePdf("more tables or streams than any PDF of ours")
    try:
        with pikepdf.open(io.BytesIO(pdf), suppress_warnings=True) as opened:
            return _files(opened)
    except UnreadablePdf:
        raise
    except (pikepdf.PikepdfError, ValueError, TypeError, KeyError, AttributeError) as error:
        # The library meets what does not fit its place in whichever way it comes upon it.
        raise UnreadablePdf(str(error)) from error


def _files(pdf: pikepdf.Pdf) -> dict[str, bytes]:
    names = list(pdf.attachments)
    if len(names) > MAX_FILES:
        raise UnreadablePdf(f"more than {MAX_FILES} attachments")
    files: dict[str, bytes] = {}
    left = MAX_BYTES
    for name in names:
        content = pdf.attachments[name].get_file().read_bytes()
        left -= len(content)
        if left < 0:
            raise UnreadablePdf(f"attachments of more than {MAX_BYTES:,} bytes")
        files[name] = content
    return files
