"""Worker processes of their own, as an installation starts them, and waiting for what they do."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection

PATIENCE_SECONDS = 90


def environment() -> dict[str, str]:
    """The environment of a process that uses the database of the tests."""
    database = connection.settings_dict
    is_file = connection.vendor == "sqlite"
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"sqlite:///{database['NAME']}"
        if is_file
        else f"postgres:///{database['NAME']}",
        "AUDIT_HEADS_FILE": str(settings.AUDIT_HEADS_FILE),
        "SECRET_KEY": "of no use outside the tests",
    }


@contextmanager
def worker():
    """Start ``manage.py db_worker`` on the database of the tests; kill it at the end. It prints."""
    process = subprocess.Popen(
        [
            sys.executable,
            "manage.py",
            "db_worker",
            "--interval=0.1",
            "--no-startup-delay",
            "--no-reload",
            "--verbosity=0",
        ],
        cwd=settings.BASE_DIR,
        env=environment(),
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(condition):
    """Wait for ``condition``, and return what it yields."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.02)
    pytest.fail("it did not come to pass")
