"""Tampering with the audit log, as somebody with the password of the database can."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, models, transaction

from accounts.models import Division
from audit import trail
from audit.models import AuditEntry


@contextmanager
def triggers_off(table: str = "audit_auditentry") -> Iterator[None]:
    """Disable the triggers on PostgreSQL, as only the owner of the table can."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_change")
        yield
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_no_change")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def rows(model: type[models.Model] = AuditEntry) -> models.QuerySet[Any]:
    """Return the rows of ``model`` without the refusals of ``AppendOnlyQuerySet``."""
    return models.QuerySet(model)


def change_and_fail(division: Division) -> None:
    """Record a change of ``division``, and let its transaction fail."""

    @transaction.atomic
    def fail_in_the_middle() -> None:
        trail.record("register.change", division, actor=None)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_in_the_middle()
