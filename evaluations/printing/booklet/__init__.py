"""Many finished PDFs bound into one, one behind the other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

import pikepdf
from django.utils.html import format_html, format_html_join

from evaluations.printing.pdf import render_page


@dataclass(frozen=True)
class Cover:
    """What stands on the first page; ``created`` knows its time zone."""

    title: str
    lines: tuple[str, ...]
    created: datetime


@dataclass(frozen=True)
class Part:
    """A finished PDF, and its name in the contents."""

    title: str
    subtitle: str
    pdf: bytes


def _nothing(bound: int) -> None:
    """Tell nobody."""


def bind(
    cover: Cover,
    parts: Iterable[Part],
    target: BinaryIO,
    progress: Callable[[int], None] = _nothing,
) -> None:
    """Write one PDF of the cover and all ``parts`` to ``target``, calling ``progress(bound)``."""
    lines = format_html_join("", "<p>{}</p>", ((line,) for line in cover.lines))
    page = format_html(
        '<!doctype html><html lang="ja"><meta charset="utf-8"><title>{}</title>'
        '<article class="print-sheet"><div class="print-title">{}</div>{}</article></html>',
        cover.title,
        cover.title,
        lines,
    )
    with pikepdf.open(BytesIO(render_page(page, created=cover.created))) as booklet:
        for number, part in enumerate(parts, 1):
            with pikepdf.open(BytesIO(part.pdf)) as single:
                booklet.pages.extend(single.pages)
            progress(number)
        booklet.save(target)
