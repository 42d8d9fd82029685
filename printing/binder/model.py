"""The input of a merge: source PDFs, contents entries, front matter."""

import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pikepdf
from fontTools.ttLib import TTLibError  # type: ignore[import-untyped]

# (page, styles, created, attached) → PDF; see ``renderer.render``.
Render = Callable[[str, Sequence[str], datetime, Mapping[str, bytes]], bytes]
# Exceptions raised for a PDF, content stream or font that is not written as ours are.
NOT_AS_ASSUMED = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    TTLibError,
    TypeError,
    ValueError,
    pikepdf.PikepdfError,
    struct.error,
)


@dataclass(frozen=True)
class SourcePdf:
    """A single PDF to be merged, with its title in the contents."""

    title: str
    subtitle: str
    pdf: bytes


@dataclass(frozen=True)
class ContentsEntry:
    """The entry of a merged part in the contents.

    ``first`` is the index of its first page among the pages of all parts, ``sha256`` the hash of
    the single PDF in hexadecimal.
    """

    number: int
    title: str
    subtitle: str
    first: int
    pages: int
    sha256: str


@dataclass(frozen=True)
class Front:
    """Cover and contents, and all words the binder writes; ``created`` is timezone-aware.

    ``html(entries, before)`` returns HTML with the cover on a page of its own, a heading, and a
    list with an item for each entry. If ``before`` is 0, page numbers will be drawn into the space
    left for them. Otherwise it is the number of pages before the first part, and the items show
    the page numbers. ``numbers``: HTML with all characters of page numbers in one font.

    ``running``: format of a page number, with ``{number}`` and ``{count}``. ``list_about``:
    description of the attached list of parts.
    """

    title: str
    created: datetime
    html: Callable[[Sequence[ContentsEntry], int], str]
    numbers: str
    styles: tuple[str, ...]
    cover_bookmark: str
    contents_bookmark: str
    running: str
    list_about: str

    @property
    def letters(self) -> frozenset[str]:
        """The characters that occur in page numbers."""
        return frozenset(self.running.format(number="0123456789", count=""))
