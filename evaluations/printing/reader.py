"""A process that reads PDFs of anybody; see ``pool`` for how it is bounded.

There is one for each web process, or command, and nobody waits in line for it: a file that is hard
to read costs neither a place at the printers nor the threads that serve the other pages.
"""

import os
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from evaluations.printing.errors import ReaderFailed
from evaluations.printing.pool import Workers
from evaluations.printing.schema import problems_in
from evaluations.printing.sheet_reading import BadData, NotOurs, data_inside

TIME_OUT = 5  # seconds for one PDF, of which ours need a tenth of one
MEMORY = 1 << 29  # bytes a worker may map


@dataclass(frozen=True)
class Claim:
    """What a PDF says of itself; see ``SheetData``. The sheet itself stays in the worker."""

    revision: int | None
    sheet_sha256: str
    is_intact: bool


def claim_of(pdf: bytes) -> Claim:
    """Return what ``pdf`` says of itself, read in a worker.

    Raises NotOurs and BadData as ``data_inside``, and ReaderFailed when the worker is not free in
    time, or reading takes too long or too much. Without workers (``PRINT_WORKERS`` is 0) it is
    read here, and nothing bounds it.
    """
    workers = _workers()
    claim = workers.run(_claim_of, pdf) if workers else _claim_of(pdf)
    if isinstance(claim, Claim):
        return claim
    raise claim


def reader(*, seconds: float = TIME_OUT, memory: int = MEMORY) -> Workers:
    """Return one process that reads; see ``Workers``."""
    return Workers(
        1,
        ReaderFailed,
        _get_ready,
        seconds=seconds,
        memory=memory,
        patience=0,
        waiting=0,
        in_front=0,
    )


@cache
def _workers() -> Workers | None:
    return reader() if settings.PRINT_WORKERS else None


def _get_ready() -> None:
    """Import, in a new worker, what checks the data; and give way to those who are served."""
    os.nice(10)
    problems_in({})


def _claim_of(pdf: bytes) -> Claim | NotOurs | BadData:
    # Returned, for what a worker raises unexpectedly may mean that its memory failed.
    try:
        data = data_inside(pdf)
    except (NotOurs, BadData) as error:
        return error
    return Claim(data.revision, data.sheet_sha256, data.is_intact)
