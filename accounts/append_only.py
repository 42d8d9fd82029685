"""Tables to which PostgreSQL itself lets rows only be added.

For migrations. SQLite knows neither roles nor a server between the file and whoever opens it, so
that a trigger would keep nobody off.
"""

from typing import Any

from django.db.migrations.operations import RunPython

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
    """Return the migration's step that makes ``table`` refuse UPDATE, DELETE and TRUNCATE."""

    def protect(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(FUNCTION, params=None)  # % is not a place for a value
            schema_editor.execute(TRIGGERS.format(table=table))

    def release(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(UNDO.format(table=table))

    return RunPython(protect, release)
