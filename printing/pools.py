"""The two worker pools and their limits: for rendering, and for reading untrusted PDFs."""

import logging
import os
from contextlib import suppress

from django.core.exceptions import ImproperlyConfigured

from printing import renderer
from printing.errors import PrinterFailed, ReaderFailed
from printing.worker_pool import WorkerPool

RENDER_SECONDS = 30  # time limit of one rendering
RENDER_MEMORY = 1 << 30  # bytes a worker may map
RENDER_PATIENCE = 15  # seconds a caller waits for a worker
WAITING_PER_WORKER = 2

READ_SECONDS = 5  # time limit of one PDF; ours take a tenth of a second
READ_MEMORY = 1 << 29


def rendering_pool(
    number: int,
    *,
    seconds: float = RENDER_SECONDS,
    memory: int = RENDER_MEMORY,
    patience: float = RENDER_PATIENCE,
) -> WorkerPool:
    """Return a pool of ``number`` rendering processes."""
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
    """Return a pool of one process that reads untrusted PDFs.

    It has no queue, so that files that are slow to read block neither the rendering processes
    nor the threads of the web server.
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
    # WeasyPrint's log messages may quote the page.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    with suppress(ImproperlyConfigured):  # raised again by the first job
        renderer.warm_up()


def _get_ready_to_read() -> None:
    """Lower the priority of a new worker below that of the web server."""
    os.nice(10)
