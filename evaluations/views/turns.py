"""Turns at the printers: what one person has printed leaves room for the others."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from accounts.models import User
from evaluations.printing import pool
from evaluations.printing.errors import PrinterFailed

logger = structlog.get_logger(__name__)

MOST_AT_ONCE = 2

# How many renderings each person has under way in this process, by the person's key.
_under_way: Counter[int] = Counter()
_changed = threading.Condition()


@contextmanager
def turn_of(user: User) -> Iterator[None]:
    """Hold one of the two turns that ``user`` has at this process's printers.

    Raises PrinterFailed when both stay taken for as long as anybody waits for a place in line.
    """
    with _changed:
        is_free = _changed.wait_for(
            lambda: _under_way[user.pk] < MOST_AT_ONCE, timeout=pool.PATIENCE_IN_FRONT
        )
        if not is_free:
            logger.warning("print_turns_taken")
            raise PrinterFailed(
                f"同時に作成できるPDFは一人{MOST_AT_ONCE}件までです。先に開いた画面のPDFやページ数が"
                "出来上がるのを待って、もう一度お試しください。",
                retry_after=10,
            )
        _under_way[user.pk] += 1
    try:
        yield
    finally:
        with _changed:
            _under_way[user.pk] -= 1
            if not _under_way[user.pk]:
                del _under_way[user.pk]
            _changed.notify_all()
