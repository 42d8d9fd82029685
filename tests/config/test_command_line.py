"""Commands that cannot begin say why, in words, and end with status 1."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("nonsense", "DATABASE_URL を読めません"),
        ("sqlite:////nowhere/at/all/db.sqlite3", "データベースを使えません"),
        ("sqlite:///{tmp}/empty.sqlite3", "manage.py migrate が済んでいることを"),
        ("postgres://nobody@127.0.0.1:1/none", "データベースを使えません"),
    ],
)
def test_a_database_that_is_not_there_is_told_in_words(tmp_path, url, message):
    ended = subprocess.run(
        [sys.executable, "manage.py", "sheet_json", "1"],
        cwd=ROOT,
        env=os.environ
        | {
            "DATABASE_URL": url.format(tmp=tmp_path),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": "of this test",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert message in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_mail_server_that_cannot_be_read_is_told_in_words():
    ended = subprocess.run(
        [sys.executable, "manage.py", "send_mails"],
        cwd=ROOT,
        env=os.environ
        | {
            "EMAIL_URL": "mail.example.jp:25",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": "of this test",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, "EMAIL_URL を読めません" in ended.stderr) == (1, True)
    assert "Traceback" not in ended.stderr
