"""Append-only tables: a model base class, and PostgreSQL triggers that enforce it."""

from typing import Any, NoReturn, TypeVar

from django.db import models
from django.db.migrations.operations import RunPython

ModelT = TypeVar("ModelT", bound=models.Model)


class AppendOnlyError(Exception):
    """An attempt to update or delete a row of an append-only table."""


def _refuse(model: type[models.Model], what: str) -> NoReturn:
    raise AppendOnlyError(f"{model._meta.verbose_name}は{what}できません。")


class AppendOnlyQuerySet(models.QuerySet[ModelT]):
    """A queryset that refuses bulk updates and deletes."""

    def update(self, **kwargs: Any) -> NoReturn:
        _refuse(self.model, "変更")

    def delete(self) -> NoReturn:
        _refuse(self.model, "削除")


class AppendOnly(models.Model):
    """Abstract base of an append-only table: a correction is a new row.

    A subclass must build its manager from ``AppendOnlyQuerySet``.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            _refuse(type(self), "変更")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        _refuse(type(self), "削除")


FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_to_alter_the_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% は追記だけができる表です（% はできません）。', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END
$$
"""
TRIGGERS = """
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION refuse_to_alter_the_record();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_alter_the_record();
"""
UNDO = """
DROP TRIGGER {table}_no_change ON {table};
DROP TRIGGER {table}_no_truncate ON {table};
"""


def append_only(table: str) -> RunPython:
    """Return a migration operation that makes ``table`` refuse UPDATE, DELETE and TRUNCATE.

    On PostgreSQL only: anybody with access to an SQLite file can drop its triggers.
    """

    def protect(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(FUNCTION, params=None)  # its % is no placeholder
            schema_editor.execute(TRIGGERS.format(table=table))

    def release(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(UNDO.format(table=table))

    return RunPython(protect, release)
