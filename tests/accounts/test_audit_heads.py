"""The file of heads: where it lies, whole lines from many writers, and a new log's new file."""

from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from accounts import audit
from accounts.audit_heads import heads_file, note_head, noted_heads
from config.databases import database_from, heads_file_of
from tests.factories import DivisionFactory


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("", "/srv/var/db-audit-heads.txt"),
        ("sqlite:////data/sheets.sqlite3", "/data/sheets-audit-heads.txt"),
        ("postgres://user:x@db.local:5432/sheets", "/srv/var/db-local-5432-sheets-audit-heads.txt"),
        ("postgres:///sheets", "/srv/var/sheets-audit-heads.txt"),
    ],
)
def test_each_database_has_a_file_of_its_own(url, file):
    database = database_from(url, Path("/srv/var/db.sqlite3"))
    assert heads_file_of(database, Path("/srv/var")) == Path(file)


def test_many_writers_leave_whole_lines():
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda number: note_head(number, f"{number:064x}"), range(1, 201)))
    notes, unreadable = noted_heads()
    assert (sorted(note.sequence for note in notes), unreadable) == (list(range(1, 201)), [])


@pytest.mark.django_db
@pytest.mark.parametrize("is_new", [True, False])
def test_a_new_log_sets_the_heads_of_an_older_one_aside(settings, tmp_path, is_new):
    settings.AUDIT_HEADS_FILE = tmp_path / "heads.txt"
    note_head(1, "0" * 64)
    if not is_new:
        audit.record("register.add", DivisionFactory(), actor=None)
    migration = import_module("accounts.migrations.0005_record_append_only")
    migration.set_older_heads_aside(apps, None)
    assert heads_file().exists() != is_new
    kept = list(tmp_path.glob("heads.txt*"))
    assert [file.read_text().split()[:2] for file in kept] == [["1", "0" * 64]]
