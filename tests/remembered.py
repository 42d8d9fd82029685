"""Scenes that are built once in each process, and written as rows from then on.

Half of the suite sets out from the same ministry. Every entry of it goes the way of a real one,
with its place in the audit log, which takes longer than most of these tests; its rows do not.
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, TypeVar

import time_machine
from django.db import connection, transaction
from django.utils import timezone

from tests.factories import count_on

Scene = TypeVar("Scene")
# What ``migrate`` fills.
OF_DJANGO = {"auth_permission", "django_content_type", "django_migrations"}


@dataclass(frozen=True)
class Snapshot:
    """What the scene returned, pickled, and the rows of every table that has any."""

    made: bytes
    rows: dict[str, list[tuple[Any, ...]]]


def remembered(build: Callable[[], Scene]) -> Callable[[], Scene]:
    """Return ``build``, to be called again only where its rows cannot simply be written.

    That is where the database is not empty, and where a test has set the clock: the times in the
    rows are those of the first call, on the same day.
    """
    snapshots: dict[date, Snapshot] = {}

    @wraps(build)
    def scene() -> Scene:
        if time_machine.escape_hatch.is_travelling() or not _is_empty():
            return build()
        today = timezone.localdate()
        if today not in snapshots:
            made = build()
            snapshots[today] = Snapshot(pickle.dumps(made), _rows())
            return made
        _write(snapshots[today].rows)
        count_on()
        restored: Scene = pickle.loads(snapshots[today].made)
        return restored

    return scene


def _tables() -> list[str]:
    names = connection.introspection.django_table_names(include_views=False)
    return sorted(set(names) - OF_DJANGO)


def _is_empty() -> bool:
    any_row = " OR ".join(f'EXISTS (SELECT 1 FROM "{name}")' for name in _tables())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {any_row}")
        return not cursor.fetchone()[0]


def _rows() -> dict[str, list[tuple[Any, ...]]]:
    rows = {}
    with connection.cursor() as cursor:
        for name in _tables():
            cursor.execute(f'SELECT * FROM "{name}"')
            if found := cursor.fetchall():
                rows[name] = found
    return rows


@transaction.atomic
def _write(rows: dict[str, list[tuple[Any, ...]]]) -> None:
    """Insert the rows with their keys; foreign keys are checked at the end."""
    with connection.cursor() as cursor:
        for name, found in rows.items():
            places = ", ".join(["%s"] * len(found[0]))
            cursor.executemany(f'INSERT INTO "{name}" VALUES ({places})', found)
