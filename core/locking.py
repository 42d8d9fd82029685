"""Row locks, taken in one order by everybody."""

from typing import TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


def lock_in_order(rows: models.QuerySet[M]) -> list[M]:
    """Return ``rows`` as they are stored, locked until the transaction ends.

    The one way to lock a row, so that of two transactions neither ever holds what the other waits
    for: the kinds in the order of docs/architecture.md, each by its keys, all before the first
    entry of the record. FOR NO KEY UPDATE: rows that refer to a locked one may be added meanwhile.
    Each entry of the record refers to a person, and whoever writes one holds the record's head
    while PostgreSQL checks at their commit that the person is there.

    What ``rows`` refer to is read with prefetch_related, after the wait. PostgreSQL would not read
    a joined row again, and would drop a row that refers to another one by then.
    """
    return list(rows.select_for_update(no_key=True).order_by("pk"))
