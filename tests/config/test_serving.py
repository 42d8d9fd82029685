"""``scripts/serve.sh``: the site and its worker, as ``make run`` starts them."""

import os
import signal
import socket
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.workers import environment, until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="Linux以外では調べられません"),
]


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def served(port):
    with subprocess.Popen(
        [settings.BASE_DIR / "scripts" / "serve.sh"],
        env=environment() | {"PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        until(lambda: answers(port) and worker_of(process))
        yield process
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def child_of(process, words):
    """The number of the child process whose command line has ``words``, or None."""
    for child in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
        try:
            command = Path(f"/proc/{child}/cmdline").read_bytes()
        except FileNotFoundError:
            continue
        if words in command.replace(b"\0", b" "):
            return int(child)
    return None


def worker_of(process):
    return child_of(process, b"python manage.py db_worker")


def test_a_worker_that_lost_its_database_is_started_again_beside_the_site(served, port):
    first = worker_of(served)
    if connection.vendor == "postgresql":
        # As at a restart of the database: every connection but this one is cut.
        until(lambda: _cut_connections() and worker_of(served) != first)
    else:
        os.kill(first, signal.SIGKILL)
    again = until(lambda: (found := worker_of(served)) != first and found)
    assert again
    assert served.poll() is None
    assert answers(port)


def test_where_the_site_ends_the_worker_ends_too_and_the_error_is_told(served, port):
    os.kill(child_of(served, b"gunicorn"), signal.SIGKILL)
    assert served.wait(30) == 1
    # A process of gunicorn sees within a second that its master is gone.
    assert until(lambda: not answers(port))


def test_it_is_stopped_as_one(served, port):
    served.terminate()
    assert served.wait(30) == 0
    assert not answers(port)


def _cut_connections():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0]
