"""Admin list filters for the audit log: by action, and by type of object."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest

from audit.actions import action_in_words, kind_in_words
from audit.models import AuditEntry


def distinct_values(field: str) -> list[str]:
    """Return the distinct values of the indexed ``field``, in order. One query.

    A loose index scan, which jumps from each value to the next greater one; DISTINCT would read
    the whole log.
    """
    name, table = (connection.ops.quote_name(each) for each in (field, AuditEntry._meta.db_table))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH RECURSIVE found(value) AS (
                SELECT MIN({name}) FROM {table}
                UNION ALL
                SELECT (SELECT MIN({name}) FROM {table} WHERE {name} > found.value)
                FROM found WHERE found.value IS NOT NULL
            )
            SELECT value FROM found WHERE value IS NOT NULL
            """  # noqa: S608 -- both names are ours
        )
        return [value for (value,) in cursor.fetchall()]


class _FieldFilter(admin.SimpleListFilter):
    """A filter by one field of ``AuditEntry``, with labels for its values."""

    parameter_name: str
    in_words: Callable[[str], str]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, self.in_words(value)) for value in distinct_values(self.parameter_name)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(**{self.parameter_name: self.value()}) if self.value() else queryset


class ActionFilter(_FieldFilter):
    """Filters by action."""

    title = "行為"
    parameter_name = "action"
    in_words = staticmethod(action_in_words)


class KindFilter(_FieldFilter):
    """Filters by type of object."""

    title = "対象の種類"
    parameter_name = "object_type"
    in_words = staticmethod(kind_in_words)
