"""The public API of this app, which delegates to the backend named by ``PRINT_BACKEND``."""

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
from printing.binder import Front, SourcePdf
from printing.fonts import missing_characters

T = TypeVar("T")

_backends: dict[str, PrintBackend] = {}
_lock = threading.Lock()


def backend() -> PrintBackend:
    """Return this process's instance of the configured backend."""
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
    """Return the PDF of the HTML ``page`` with ``styles``, names of ``style_sheets.ASSETS``.

    ``created``, timezone-aware, is its creation date. ``attached`` are files by name; empty ones
    are left out. The output is reproducible.

    Raises PrintingError if the page loads anything it may not or the backend fails, and
    ImproperlyConfigured if fonts or accepted libraries are missing.
    """
    if created.tzinfo is None:
        raise ValueError("created must know its time zone")
    files = {name: data for name, data in (attached or {}).items() if data}
    return backend().render(page, tuple(styles), created, files)


def count_pages(page: str, styles: Sequence[str]) -> int:
    """Return the number of pages of the PDF of ``page``. Raises as ``render_page``."""
    return backend().count_pages(page, tuple(styles))


def read_untrusted_pdf(reading: Callable[[bytes], T], pdf: bytes) -> T:
    """Return what ``reading`` returns for an untrusted PDF; see ``PrintBackend.read``."""
    return backend().read(reading, pdf)


def _nothing(_: int) -> None:
    """Ignore the progress."""


def bind(
    front: Front,
    parts: Iterable[SourcePdf],
    target: BinaryIO,
    progress: Callable[[int], None] = _nothing,
) -> None:
    """Merge ``parts``, PDFs of ours, into one PDF with ``front``; see ``binder.bind``."""
    backend().bind(front, parts, target, progress)


def warm_up() -> None:
    """Warm up the backend and the font coverage in a background thread."""
    threading.Thread(target=_warm_up, name="printer", daemon=True).start()


def _warm_up() -> None:
    with suppress(ImproperlyConfigured):  # raised again by the first job
        missing_characters("")
    backend().warm_up()


def _forget_the_lock() -> None:
    """Replace the lock after a fork, as another thread may have held it."""
    global _lock
    _lock = threading.Lock()


os.register_at_fork(after_in_child=_forget_the_lock)
