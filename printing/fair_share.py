"""Limit on concurrent renderings per person, so that nobody occupies all workers."""

import threading
from collections import Counter
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

import structlog

from printing.errors import PrinterFailed
from printing.printer import backend

logger = structlog.get_logger(__name__)

SLOTS_PER_PERSON = 2

# Number of running renderings of each person in this process.
_under_way: Counter[Hashable] = Counter()
_changed = threading.Condition()


@contextmanager
def rendering_slot(person: Hashable) -> Iterator[None]:
    """Hold one of the rendering slots of ``person`` (any hashable key) in this process.

    Raises PrinterFailed if none becomes free within the backend's ``patience_in_front``.
    """
    with _changed:
        is_free = _changed.wait_for(
            lambda: _under_way[person] < SLOTS_PER_PERSON, timeout=backend().patience_in_front
        )
        if not is_free:
            logger.warning("print_turns_taken")
            raise PrinterFailed(
                f"同時に作成できるPDFは一人{SLOTS_PER_PERSON}件までです。先に開いた画面のPDFやページ数が"
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


def slots_in_use() -> dict[Hashable, int]:
    """Return the number of slots in use by person, without those who use none."""
    with _changed:
        return dict(_under_way)
