"""A fair share of the printer: what one person has printed leaves room for the others."""

import threading
from collections import Counter
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

import structlog

from printing.errors import PrinterFailed
from printing.printer import backend

logger = structlog.get_logger(__name__)

MOST_AT_ONCE = 2

# How many renderings each person has under way in this process.
_under_way: Counter[Hashable] = Counter()
_changed = threading.Condition()


@contextmanager
def turn_of(person: Hashable) -> Iterator[None]:
    """Hold one of the two turns that ``person``, by whatever key, has at this process's printer.

    Raises PrinterFailed when both stay taken for as long as anybody waits for a place in line.
    """
    with _changed:
        is_free = _changed.wait_for(
            lambda: _under_way[person] < MOST_AT_ONCE, timeout=backend().patience_in_front
        )
        if not is_free:
            logger.warning("print_turns_taken")
            raise PrinterFailed(
                f"同時に作成できるPDFは一人{MOST_AT_ONCE}件までです。先に開いた画面のPDFやページ数が"
                "出来上がるのを待って、もう一度お試しください。",
                retry_after=10,
            )
        _under_way[person] += 1
    try:
        yield
    finally:
        with _changed:
            _under_way[person] -= 1
            if not _under_way[person]:
                del _under_way[person]
            _changed.notify_all()


def under_way() -> dict[Hashable, int]:
    """Return how many turns are taken, by person; nobody who has none is in it."""
    with _changed:
        return dict(_under_way)
