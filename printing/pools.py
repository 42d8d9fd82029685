"""The two kinds of worker processes and their bounds: those that render, and the one that reads."""

import logging
import os
from contextlib import suppress

from django.core.exceptions import ImproperlyConfigured

from printing import renderer
from printing.errors import PrinterFailed, ReaderFailed
from printing.worker_pool import WorkerPool

RENDER_SECONDS = 30  # for one rendering
RENDER_MEMORY = 1 << 30  # bytes a worker may map
RENDER_PATIENCE = 15  # seconds that somebody waits for a worker
WAITING_PER_WORKER = 2

READ_SECONDS = 5  # for one PDF, of which ours need a tenth of one
READ_MEMORY = 1 << 29


def rendering_pool(
    number: int,
    *,
    seconds: float = RENDER_SECONDS,
    memory: int = RENDER_MEMORY,
    patience: float = RENDER_PATIENCE,
) -> WorkerPool:
    """Return ``number`` processes that render."""
    return WorkerPool(
        number,
        PrinterFailed,
        _get_ready_to_render,
        seconds=seconds,
        memory=memory,
        patience=patience,
        waiting=WAITING_PER_WORKER,
    )


def reading_pool(*, seconds: float = READ_SECONDS, memory: int = READ_MEMORY) -> WorkerPool:
    """Return one process that reads PDFs which anybody may have made.

    Nobody waits in line for it: a file that is hard to read costs neither a place at those that
    render nor the threads that serve the other pages.
    """
    return WorkerPool(
        1,
        ReaderFailed,
        _get_ready_to_read,
        seconds=seconds,
        memory=memory,
        patience=0,
        waiting=0,
        in_front=0,
    )


def _get_ready_to_render() -> None:
    """Render once, in a new worker."""
    # What WeasyPrint has to say names parts of the page, and nobody is there to read it.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    with suppress(ImproperlyConfigured):  # the first to print is told
        renderer.warm_up()


def _get_ready_to_read() -> None:
    """Give way, in a new worker, to those who are served."""
    os.nice(10)
