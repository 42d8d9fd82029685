"""What is bound, and the words around it."""

import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pikepdf
from fontTools.ttLib import TTLibError  # type: ignore[import-untyped]

# (page, styles, created, attached) → PDF; see ``renderer.render``.
Render = Callable[[str, Sequence[str], datetime, Mapping[str, bytes]], bytes]
# What comes of a PDF, a drawing or a font that is not written as ours are.
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
class Part:
    """A finished single PDF and how the contents name it."""

    title: str
    subtitle: str
    pdf: bytes


@dataclass(frozen=True)
class Entry:
    """A part that is bound: ``first`` is the number of its first page among all parts, from 0.

    ``sha256``: of the single PDF, in hexadecimal.
    """

    number: int
    title: str
    subtitle: str
    first: int
    pages: int
    sha256: str


@dataclass(frozen=True)
class Front:
    """Cover and contents, and every word the binder writes; ``created`` knows its time zone.

    ``html(entries, before)`` returns them as one page of HTML: the cover, on a page of its own; a
    heading and, in a list, an item for each entry. ``before`` is 0 where the page numbers will be
    drawn into the room left for them. Otherwise the items say them: so many pages stand before
    the first part. ``numbers``: a page of HTML with all letters of the page numbers in one font.

    ``running``: a page's number, ``number`` and ``count`` in braces. ``list_about``: what the
    attached list of the parts is said to be.
    """

    title: str
    created: datetime
    html: Callable[[Sequence[Entry], int], str]
    numbers: str
    styles: tuple[str, ...]
    cover_bookmark: str
    contents_bookmark: str
    running: str
    list_about: str

    @property
    def letters(self) -> frozenset[str]:
        """The letters that page numbers are set with."""
        return frozenset(self.running.format(number="0123456789", count=""))
