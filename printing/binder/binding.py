"""Bind finished single PDFs into one."""

import hashlib
from collections.abc import Callable, Iterable
from itertools import chain
from typing import BinaryIO

from printing.binder import closing
from printing.binder.front import add_front
from printing.binder.model import Entry, Front, Part, Render
from printing.binder.parts import add_part
from printing.binder.volume import BoundPage, Volume
from printing.errors import PrintingError


def bind(
    render: Render,
    front: Front,
    parts: Iterable[Part],
    target: BinaryIO,
    progress: Callable[[int], None],
) -> None:
    """Write ``parts``, single PDFs of ours, to ``target`` as one PDF with ``front``.

    Parts are taken one at a time, written and forgotten; ``progress`` is told after each how many
    are done. ``target`` is written from its present position on and stays open. The same input
    gives the same bytes.

    What is not drawn as our printer draws it is bound plainly: larger, still right, and noted in
    the log. Raises PrintingError, with words for the person, when there are no parts (then nothing
    is written) or one cannot be read, and whatever ``parts`` and ``progress`` raise; what is
    written until then is of no use.
    """
    remaining = iter(parts)
    first = next(remaining, None)
    if first is None:
        raise PrintingError("冊子に収めるものがありません。対象を選び直してください。")
    volume = Volume.begin(target, front, render)
    entries: list[Entry] = []
    elements: list[int] = []
    pages: list[BoundPage] = []
    for number, part in enumerate(chain([first], remaining), 1):
        bound = add_part(volume, part, number)
        sha256 = hashlib.sha256(part.pdf).hexdigest()
        entries.append(
            Entry(number, part.title, part.subtitle, len(pages), len(bound.pages), sha256)
        )
        elements += bound.elements
        pages += bound.pages
        progress(number)
    before = add_front(volume, front, render, entries, pages)
    closing.close(volume, front, before, entries, elements, pages)
