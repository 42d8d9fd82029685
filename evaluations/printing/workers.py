"""The processes that render, warm before they are needed; see ``pool`` for how they are bounded."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from accounts.print_fonts import missing_characters
from evaluations.printing import engine
from evaluations.printing.errors import PrinterFailed
from evaluations.printing.pool import Workers

TIME_OUT = 30  # seconds for one rendering
MEMORY = 1 << 30  # bytes a worker may map
PATIENCE = 15  # seconds that somebody waits for a worker
WAITING_PER_WORKER = 2

P = ParamSpec("P")
T = TypeVar("T")


def run(job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what ``job`` returns in one of this process's workers; see ``Workers.run``.

    Raises PrinterFailed. Without workers (``PRINT_WORKERS`` is 0) the job is done here, and
    nothing bounds it.
    """
    workers = _workers()
    return workers.run(job, *args, **kwargs) if workers else job(*args, **kwargs)


def warm_up() -> None:
    """Start the workers, and read the fonts, behind the back of those who are served meanwhile."""
    threading.Thread(target=_warm_up, name="printer", daemon=True).start()


def printers(
    number: int, *, seconds: float = TIME_OUT, memory: int = MEMORY, patience: float = PATIENCE
) -> Workers:
    """Return ``number`` processes that render; see ``Workers``."""
    return Workers(
        number,
        PrinterFailed,
        _get_ready,
        seconds=seconds,
        memory=memory,
        patience=patience,
        waiting=WAITING_PER_WORKER,
    )


def _warm_up() -> None:
    with suppress(ImproperlyConfigured):  # whoever prints is told
        missing_characters("")
    if workers := _workers():
        workers.start()


@cache
def _workers() -> Workers | None:
    return printers(settings.PRINT_WORKERS) if settings.PRINT_WORKERS else None


def _get_ready() -> None:
    """Render once, in a new worker."""
    # What WeasyPrint has to say names parts of the page, and nobody is there to read it.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    with suppress(ImproperlyConfigured):  # the first to print is told
        engine.warm_up()
