"""Row locks, always taken in the same order, to avoid deadlocks."""

from typing import TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


def lock_in_order(rows: models.QuerySet[M]) -> list[M]:
    """Return ``rows`` freshly read and locked until the transaction ends.

    All row locks go through this function. Models are locked in the order of
    docs/architecture.md, rows by primary key, and all before the first entry of the audit log.

    FOR NO KEY UPDATE lets other transactions insert rows that refer to a locked one. That matters
    for the audit log: a writer holds the lock on the log's head while PostgreSQL checks, at
    commit, the foreign key of the entry to the person who acted.

    Read related rows with prefetch_related, after the lock: PostgreSQL does not reread a joined
    row after waiting, and drops a row whose foreign key has changed.
    """
    return list(rows.select_for_update(no_key=True).order_by("pk"))
