"""PostgreSQL itself refuses to alter the record and what became of a sheet."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from audit import trail
from core.append_only import AppendOnly, AppendOnlyError
from evaluations.domain.suggestions import reject
from evaluations.enums import State
from evaluations.models import Suggestion
from tests.audit.tampering import triggers_off
from tests.conftest import APPEND_ONLY
from tests.evaluations.review import say
from tests.evaluations.scene import make_ministry

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such triggers"),
]

STATEMENTS = {
    "update": "UPDATE {} SET id = id",
    "delete": "DELETE FROM {}",
    "truncate": "TRUNCATE {} CASCADE",
}


@pytest.fixture
def history():
    """A row in each of the tables, and the triggers as they are in use."""
    ministry = make_ministry()
    say(ministry.put(State.REVIEW), ministry.people["reviewer"])
    suggestion = Suggestion.objects.get()
    ministry.put(State.RETURNED)
    reject(
        suggestion.sheet, suggestion.pk, note="今のままとする。", actor=ministry.people["officer"]
    )
    sheet = ministry.put(State.APPROVED)
    sheet.transitions.create(
        action="submit",
        from_state="draft",
        to_state="review",
        actor=ministry.people["officer"],
        role="担当官",
    )
    trail.record("register.change", sheet, actor=None)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in APPEND_ONLY:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_no_truncate")


def counts():
    """Return how many rows there are in each of the tables."""
    models = {model._meta.db_table: model for model in apps.get_models()}
    return [models[table].objects.count() for table in APPEND_ONLY]


def test_what_the_database_refuses_our_own_code_refuses_too():
    models = [model for model in apps.get_models() if issubclass(model, AppendOnly)]
    assert {model._meta.db_table for model in models} == set(APPEND_ONLY)
    for model in models:
        with pytest.raises(AppendOnlyError, match="できません"):
            model.objects.all().delete()


@pytest.mark.parametrize("kind", STATEMENTS)
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_the_database_refuses(history, table, kind):
    before = counts()
    assert all(before)
    with (
        pytest.raises(IntegrityError, match=rf"は追記だけができる表です（{kind.upper()} は"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(STATEMENTS[kind].format(table))
    assert counts() == before


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_once_switched_off_by_the_owner_it_no_longer_does(history, table):
    """Or the refusals above might come from something else."""
    with triggers_off(table), connection.cursor() as cursor:
        cursor.execute(STATEMENTS["update"].format(table))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STATEMENTS["update"].format(table))
