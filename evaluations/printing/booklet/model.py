"""What a booklet is made of."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Cover:
    """The cover. ``lines``: what was chosen, in words; ``created`` must know its time zone."""

    title: str
    lines: tuple[str, ...]
    created: datetime


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
