"""The file of heads: where it lies, whole lines from many writers, and whose it is."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as installed
from django.core.management import CommandError, call_command

from audit import trail
from audit.heads_file import heads_file, note_head, noted_heads
from audit.models import AuditEntry
from audit.report import report_as_text, verification_report
from audit.system_checks import check_heads_file
from config.databases import database_settings, default_heads_file
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
    database = database_settings(url, Path("/srv/var/db.sqlite3"))
    assert default_heads_file(database, Path("/srv/var")) == Path(file)


def test_many_writers_leave_whole_lines():
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: note_head("a" * 64, number, f"{number:064x}"), range(1, 201)))
    noted = noted_heads()
    assert sorted(note.sequence for note in noted.notes) == list(range(1, 201))
    assert noted.unreadable == []


# --- the file of another database ----------------------------------------------------------------
@pytest.fixture
def another(settings, tmp_path):
    """The file of a database that stood in the place of ours; return what it holds."""
    settings.AUDIT_HEADS_FILE = tmp_path / "heads.txt"
    note_head("a" * 64, 1, "a" * 64)
    note_head("a" * 64, 2, "b" * 64)
    return heads_file().read_text()


@pytest.fixture
def change(django_capture_on_commit_callbacks):
    """Return a function that changes something, and commits it."""

    def commit():
        with django_capture_on_commit_callbacks(execute=True):
            return trail.record("register.add", DivisionFactory(), actor=None)

    return commit


def run(command):
    out = StringIO()
    call_command(command, stdout=out, stderr=out)
    return out.getvalue()


def test_migrate_touches_no_file_and_says_whose_it_is_not(another, tmp_path):
    """A new database beside the file of another: nothing is moved, and the operator is told."""
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "accounts", "--verbosity=0"],
        cwd=installed.BASE_DIR,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": f"sqlite:///{tmp_path}/new.sqlite3",
            "AUDIT_HEADS_FILE": str(heads_file()),
            "SECRET_KEY": "of this test",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert "audit.W001" in done.stderr
    assert "manage.py set_audit_heads_aside" in done.stderr
    assert [file.name for file in tmp_path.glob("heads*")] == ["heads.txt"]
    assert heads_file().read_text() == another


@pytest.mark.django_db
def test_a_change_stands_and_nothing_goes_into_the_file_of_another(another, change, caplog):
    entry = change()
    assert AuditEntry.objects.get() == entry
    assert heads_file().read_text() == another
    assert "audit_heads_of_another_database" in caplog.text
    with pytest.raises(CommandError, match="このデータベースのものではありません"):
        run("note_audit_head")
    report = verification_report()
    assert not report.is_sound
    assert "manage.py set_audit_heads_aside" in report_as_text(report)


@pytest.mark.django_db
def test_set_aside_it_stays_whole_and_ours_begins(another, change, tmp_path):
    change()
    assert "番号1の記録から、控えを始めました。" in run("set_audit_heads_aside")
    (kept,) = tmp_path.glob("heads.txt.*")
    assert kept.read_text() == another
    change()
    assert [note.sequence for note in noted_heads().notes] == [1, 2]
    assert verification_report().is_sound
    assert check_heads_file(None, databases=["default"]) == []


@pytest.mark.django_db
def test_set_aside_before_the_first_change_leaves_no_file(another):
    run("set_audit_heads_aside")
    assert not heads_file().exists()


@pytest.mark.django_db
@pytest.mark.parametrize("is_there", [True, False])
def test_our_own_file_is_never_set_aside(settings, tmp_path, change, is_there):
    settings.AUDIT_HEADS_FILE = tmp_path / "heads.txt"
    if is_there:
        change()
    told = "このデータベースのものです" if is_there else "はありません"
    with pytest.raises(CommandError, match=told):
        run("set_audit_heads_aside")
    assert len(list(tmp_path.iterdir())) == is_there


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("held", "warnings"),
    [(None, []), ("", []), ("chain\n", ["audit.W001"]), (f"1 {'0' * 64} now\n", ["audit.W001"])],
)
def test_what_does_not_say_whose_it_is_belongs_to_nobody(
    settings, tmp_path, change, held, warnings
):
    settings.AUDIT_HEADS_FILE = tmp_path / "heads.txt"
    if held is not None:
        heads_file().write_text(held)
    assert [w.id for w in check_heads_file(None, databases=["default"])] == warnings
    assert check_heads_file(None) == []  # where no database is asked for
    change()
    assert (heads_file().read_text() == held) == bool(warnings)


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_is_warned_of(settings, tmp_path):
    settings.AUDIT_HEADS_FILE = tmp_path
    assert [w.id for w in check_heads_file(None, databases=["default"])] == ["audit.W002"]
