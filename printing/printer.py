"""The printer of this process: the backend that the setting ``PRINT_BACKEND`` names."""

import os
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import BinaryIO, TypeVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from printing.backends import PrintBackend
from printing.binder import Front, Part
from printing.fonts import missing_characters

T = TypeVar("T")

_backends: dict[str, PrintBackend] = {}
_lock = threading.Lock()


def backend() -> PrintBackend:
    """Return the one instance that this process has of the backend in the settings."""
    path: str = settings.PRINT_BACKEND
    with _lock:  # two first requests at once must not start two pools of workers
        if path not in _backends:
            _backends[path] = import_string(path)()
        return _backends[path]


def render_page(
    page: str,
    *,
    styles: Sequence[str],
    created: datetime,
    attached: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return the PDF of the HTML ``page``, set by ``styles``, names of ``style_sheets.ASSETS``.

    ``created``, which must know its time zone, dates it; ``attached``: files by name; empty ones
    are left out. The same input gives the same bytes.

    Raises PrintingError when the page asks for anything it may not load or the backend gives up,
    and ImproperlyConfigured when the fonts or the accepted libraries are not there.
    """
    if created.tzinfo is None:
        raise ValueError("created must know its time zone")
    files = {name: data for name, data in (attached or {}).items() if data}
    return backend().render(page, tuple(styles), created, files)


def count_pages(page: str, styles: Sequence[str]) -> int:
    """Return how many pages the PDF of ``page`` has; rendered and raising as the PDF."""
    return backend().count_pages(page, tuple(styles))


def read_pdf(reading: Callable[[bytes], T], pdf: bytes) -> T:
    """Return what ``reading`` makes of a PDF that anybody may give; see ``PrintBackend.read``."""
    return backend().read(reading, pdf)


def _nothing(_: int) -> None:
    """Tell nobody."""


def bind(
    front: Front,
    parts: Iterable[Part],
    target: BinaryIO,
    progress: Callable[[int], None] = _nothing,
) -> None:
    """Write ``parts``, PDFs of ours, to ``target`` as one PDF with ``front``; see ``binder``."""
    backend().bind(front, parts, target, progress)


def warm_up() -> None:
    """Make the backend ready, and read the fonts, in a thread beside those who are served."""
    threading.Thread(target=_warm_up, name="printer", daemon=True).start()


def _warm_up() -> None:
    with suppress(ImproperlyConfigured):  # who prints is told
        missing_characters("")
    backend().warm_up()


def _forget_the_lock() -> None:
    """Leave a lock that another thread held at the fork to the process forked from."""
    global _lock
    _lock = threading.Lock()


os.register_at_fork(after_in_child=_forget_the_lock)
