"""``kill -9`` of PostgreSQL, twice during a thousand autosaves."""

import os
import signal
import subprocess
import time

from django.db import connection

from bench.figures import Row
from bench.interrupted import interrupted
from bench.stage import Stage

PATIENCE_SECONDS = 60
DURABLE = ("fsync", "synchronous_commit", "full_page_writes")


def main(stage: Stage) -> list[Row]:
    """Kill the postmaster, start it again, and go on. SQLite has no server that could be killed.

    Raises RuntimeError where durability is switched off, since the result would prove nothing.
    """
    if connection.vendor != "postgresql":
        return []
    for setting in DURABLE:
        if _asked(f"SHOW {setting}") != "on":
            raise RuntimeError(f"PostgreSQL の {setting} が on ではありません。")
    return interrupted(
        stage, "`kill -9` of the PostgreSQL postmaster, twice in 1,000 autosaves", _kill_and_start
    )


def _kill_and_start() -> None:
    process = int(_asked(r"SELECT split_part(pg_read_file('postmaster.pid'), E'\n', 1)"))
    connection.close()
    os.kill(process, signal.SIGKILL)
    # The backends of the killed postmaster have to end before another one can start.
    start = ["pg_ctlcluster", os.environ["PGVERSION"], "regress", "start"]
    end = time.monotonic() + PATIENCE_SECONDS
    while subprocess.run(start, cwd="/", capture_output=True, check=False).returncode:  # noqa: S603 -- fixed words
        if time.monotonic() > end:
            raise RuntimeError("PostgreSQL が再び始まりません。")
        time.sleep(0.2)


def _asked(query: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(query)
        (answer,) = cursor.fetchone() or ("",)
        return str(answer)
