"""Bind finished single PDFs into one booklet."""

import hashlib
import io
from collections.abc import Callable, Iterable
from itertools import chain
from typing import BinaryIO

import pikepdf
from django.template.loader import render_to_string

from evaluations.printing.booklet import closing
from evaluations.printing.booklet.front import STYLES, add_front, front_pdf
from evaluations.printing.booklet.model import Cover, Entry, Part
from evaluations.printing.booklet.parts import add_part
from evaluations.printing.booklet.volume import BoundPage, Volume
from evaluations.printing.errors import PrintingError
from evaluations.printing.pdf import render_page


def _nothing(_: int) -> None:
    """Tell nobody."""


def bind(
    cover: Cover,
    parts: Iterable[Part],
    target: BinaryIO,
    progress: Callable[[int], None] = _nothing,
) -> None:
    """Write ``parts``, single PDFs of ours, to ``target`` as one booklet with ``cover``.

    Parts are taken one at a time, written and forgotten; ``progress`` is told after each how many
    are done. ``target`` is written from its present position on and stays open. The same input
    gives the same bytes.

    Raises PrintingError, with words for the person, when there are no parts (then nothing is
    written) or one cannot be read, and whatever ``parts`` and ``progress`` raise; what is written
    until then is of no use.
    """
    remaining = iter(parts)
    first = next(remaining, None)
    if first is None:
        raise PrintingError(
            "冊子に収めるシートがありません。対象の年度・課室・状態などを選び直してください。"
        )
    with pikepdf.open(io.BytesIO(_sample(cover))) as sample:
        volume = Volume.begin(target, sample)
    entries: list[Entry] = []
    elements: list[int] = []
    pages: list[BoundPage] = []
    accessible = True
    for number, part in enumerate(chain([first], remaining), 1):
        bound = add_part(volume, part, number)
        sha256 = hashlib.sha256(part.pdf).hexdigest()
        entries.append(
            Entry(number, part.title, part.subtitle, len(pages), len(bound.pages), sha256)
        )
        elements.append(bound.element)
        pages += bound.pages
        accessible = accessible and bound.is_accessible
        progress(number)
    with pikepdf.open(io.BytesIO(front_pdf(cover, entries))) as opened:
        front = add_front(volume, opened, entries, pages)
        before = len(front.pages)
        bookmarks = [("表紙", front.pages[0]), ("目次", front.pages[1])]
        bookmarks += [(entry.title, pages[entry.first]) for entry in entries]
        closing.write_page_tree(volume, [*front.pages, *pages])
        closing.close(
            volume,
            opened,
            structure=closing.write_structure(volume, [*front.elements, *elements]),
            bookmarks=closing.write_bookmarks(volume, bookmarks),
            list_=closing.write_list(volume, cover, entries, before),
            accessible=accessible,
        )


def _sample(cover: Cover) -> bytes:
    """Return a page with the letters of the page numbers, for the font they are set in."""
    page = render_to_string("evaluations/print/booklet_numbers.html")
    return render_page(page, created=cover.created, styles=STYLES)
