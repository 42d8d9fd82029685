"""Merge single PDFs into one."""

import hashlib
from collections.abc import Callable, Iterable
from itertools import chain
from typing import BinaryIO

from printing.binder import closing
from printing.binder.front import add_front
from printing.binder.model import ContentsEntry, Front, Render, SourcePdf
from printing.binder.parts import add_part
from printing.binder.volume import BoundPage, Volume
from printing.errors import PrintingError


def bind(
    render: Render,
    front: Front,
    parts: Iterable[SourcePdf],
    target: BinaryIO,
    progress: Callable[[int], None],
) -> None:
    """Write ``parts``, single PDFs of ours, to ``target`` as one PDF with ``front``.

    Parts are consumed one at a time; ``progress`` is called after each with the number done.
    ``target`` is written from its present position and stays open. The output is reproducible.

    A part that is not drawn as our printer draws is merged without optimizations: larger, still
    right, and logged. Raises PrintingError if there are no parts (nothing is written then) or one
    cannot be read, and whatever ``parts`` and ``progress`` raise; discard ``target`` in that case.
    """
    remaining = iter(parts)
    first = next(remaining, None)
    if first is None:
        raise PrintingError("冊子に収めるものがありません。対象を選び直してください。")
    volume = Volume.begin(target, front, render)
    entries: list[ContentsEntry] = []
    elements: list[int] = []
    pages: list[BoundPage] = []
    for number, part in enumerate(chain([first], remaining), 1):
        bound = add_part(volume, part, number)
        sha256 = hashlib.sha256(part.pdf).hexdigest()
        entries.append(
            ContentsEntry(number, part.title, part.subtitle, len(pages), len(bound.pages), sha256)
        )
        elements += bound.elements
        pages += bound.pages
        progress(number)
    before = add_front(volume, front, render, entries, pages)
    closing.close(volume, front, before, entries, elements, pages)
