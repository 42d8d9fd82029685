"""Rendering in other processes: the same bytes, within bounds, and others are served meanwhile."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from printing import renderer
from printing.errors import PrinterFailed, PrintingError
from printing.pools import rendering_pool
from printing.worker_pool import WorkerPool

ROOT = Path(__file__).resolve().parents[2]
STYLES = ("print:sheet.css",)
# A little more than a worker maps to begin with.
LITTLE = 450 << 20


def page(body: str) -> str:
    head = '<html lang="ja"><head><title>題</title></head>'
    return f'{head}<body class="print-sheet">{body}</body></html>'


PLAIN = page("<p>井戸を掘る。</p>")
ENDLESS = page("A" * 100_000)
GREEDY = page("<p>水</p>" * 200_000)
FULL_ONCE = """
held = []
try:
    while True:
        held.append(bytearray(8 << 20))
except MemoryError:
    held.clear()
raise KeyError
"""


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    """Two workers with a few seconds for each page."""
    pool = rendering_pool(2, seconds=3)
    yield pool
    pool.close()


@pytest.fixture
def alone() -> Iterator[WorkerPool]:
    """A single worker, with little memory but all the time a busy machine needs."""
    pool = rendering_pool(1, seconds=120, memory=LITTLE, patience=0.1)
    yield pool
    pool.close()


def test_a_worker_makes_the_bytes_that_this_process_makes(pool):
    arguments = (PLAIN, STYLES, datetime(2020, 4, 1, 3, 30, tzinfo=UTC), {"data.json": b"{}"})
    assert pool.run(renderer.render, *arguments) == renderer.render(*arguments)
    assert pool.run(renderer.count_pages, *arguments[:2]) == 1


def test_a_worker_knows_no_database(pool):
    known = "[name for name in __import__('sys').modules if name.startswith('django.db')]"
    assert pool.run(eval, known) == []


@pytest.mark.parametrize("hostile", [ENDLESS, page(f"<ul><li>{'水' * 1_000_000}</li></ul>")])
def test_a_page_that_takes_too_long_is_given_up_and_holds_up_nobody(pool, hostile: str):
    with ThreadPoolExecutor(2) as people:
        given_up = people.submit(pool.run, renderer.count_pages, hostile, STYLES)
        served = people.submit(
            lambda: [pool.run(renderer.count_pages, PLAIN, STYLES) for _ in range(10)]
        )
        assert served.result() == [1] * 10
        with pytest.raises(PrinterFailed, match="3秒以内に終わらなかった"):
            given_up.result()
    assert pool.run(renderer.count_pages, PLAIN, STYLES) == 1


def test_a_page_that_eats_the_memory_costs_its_worker_and_nobody_else(alone):
    before = alone.run(os.getpid)
    with pytest.raises(PrinterFailed, match="メモリ（450MB）"):
        alone.run(renderer.count_pages, GREEDY, STYLES)
    assert alone.run(renderer.count_pages, PLAIN, STYLES) == 1
    assert alone.run(os.getpid) != before


def test_blocks_nested_too_deeply_are_refused_in_words(pool):
    nested = page("<div>" * 2_000 + "水" + "</div>" * 2_000)
    with pytest.raises(PrintingError, match="入れ子が深すぎる"):
        pool.run(renderer.count_pages, nested, STYLES)


def test_what_may_not_be_loaded_is_refused_by_the_worker_too(pool):
    with pytest.raises(PrintingError, match="参照"):
        pool.run(renderer.count_pages, page('<img alt="" src="file:///etc/passwd" />'), STYLES)


@pytest.mark.parametrize("error", ["MemoryError", "SystemError"])
def test_however_memory_fails_the_worker_goes(alone, error):
    before = alone.run(os.getpid)
    with pytest.raises(PrinterFailed, match="メモリ"):
        alone.run(exec, f"raise {error}")
    assert alone.run(os.getpid) != before


def test_whatever_is_raised_where_memory_was_short_is_for_want_of_it(alone):
    with pytest.raises(PrinterFailed, match="メモリ"):
        alone.run(exec, FULL_ONCE)


def test_an_error_of_ours_comes_back_as_it_is(pool):
    with pytest.raises(ZeroDivisionError):
        pool.run(eval, "1 / 0")


def test_a_worker_killed_at_work_is_replaced(alone):
    with pytest.raises(PrinterFailed, match="もう一度"):
        alone.run(eval, "__import__('os').kill(__import__('os').getpid(), 9)")
    assert alone.run(renderer.count_pages, PLAIN, STYLES) == 1


@pytest.mark.parametrize("later", [0, 0.5], ids=["before the pool notices", "after"])
def test_a_worker_killed_while_idle_is_not_noticed(alone, later):
    os.kill(alone.run(os.getpid), signal.SIGKILL)
    time.sleep(later)
    assert alone.run(renderer.count_pages, PLAIN, STYLES) == 1


def test_whoever_waits_too_long_is_told_to_come_back(alone):
    alone.start()
    with ThreadPoolExecutor(1) as people:
        busy = people.submit(alone.run, time.sleep, 2)
        time.sleep(0.2)
        with pytest.raises(PrinterFailed, match="混み合っている") as refused:
            alone.run(renderer.count_pages, PLAIN, STYLES)
        busy.result()
    assert refused.value.status == 503
    assert refused.value.retry_after > 0


def test_a_process_forked_from_this_one_has_workers_of_its_own(alone):
    """As gunicorn forks its workers, if it is told to load the application before."""
    mine = alone.run(os.getpid)
    child = os.fork()
    if child == 0:
        try:
            other = alone.run(os.getpid)
            alone.close()
            os._exit(0 if other != mine else 1)
        except BaseException:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert alone.run(os.getpid) == mine


def test_a_process_forked_from_this_one_makes_new_workers_too(alone):
    """Those that nobody had asked for before, while this one's are at work."""
    alone.start()
    child = os.fork()
    if child == 0:
        try:
            others = rendering_pool(1)
            os._exit(0 if others.run(renderer.count_pages, PLAIN, STYLES) == 1 else 1)
        except BaseException:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_process_with_workers_ends_when_it_is_through():
    program = (
        "import django; django.setup()\n"
        "from printing import renderer\n"
        "from printing.pools import rendering_pool\n"
        f"print(rendering_pool(2).run(renderer.count_pages, {PLAIN!r}, ()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        cwd=ROOT,
        env={"DJANGO_SETTINGS_MODULE": "config.settings_test", "PATH": "/usr/bin:/bin"},
        text=True,
        timeout=60,
    )
    assert (done.stdout, done.stderr) == ("1\n", "")
