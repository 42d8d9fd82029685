"""Processes that render: bounded in time and memory, warm before they are needed, and replaced.

WeasyPrint takes any page seriously: a hostile one can cost minutes and gigabytes, and Pango ends
a process that runs out of memory. So nothing is rendered where people are served.
"""

import atexit
import logging
import multiprocessing
import os
import re
import resource
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import ParamSpec, TypeVar

import structlog
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from pebble import ProcessExpired, ProcessPool

from accounts.print_fonts import missing_characters
from evaluations.printing import engine
from evaluations.printing.errors import PrinterFailed, PrintingError

logger = structlog.get_logger(__name__)

TIME_OUT = 30  # seconds for one rendering
MEMORY = 1 << 30  # bytes a worker may map
# A worker ends after so many renderings, lest what a library forgets to free adds up.
MOST_RENDERINGS = 200
# How long somebody waits for a worker, and for a place among those who wait, in seconds. Of the
# threads that serve people some are left for the other pages.
PATIENCE = 15
PATIENCE_IN_FRONT = 2
WAITING_PER_WORKER = 2
# What a worker has to start, and the pool to notice, beyond the time-out.
_GRACE = 10
_OUT_OF_MEMORY = 77
# Imported once, by the process from which the workers are forked.
_PRELOADED = [
    "weasyprint",
    "evaluations.printing.justification",
    "evaluations.printing.finishing.marks",
    "evaluations.printing.workers",
]

P = ParamSpec("P")
T = TypeVar("T")


def run(job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what ``job`` returns in one of this process's workers; see ``Workers.run``.

    Without workers (``PRINT_WORKERS`` is 0) the job is done here, and nothing bounds it.
    """
    workers = _workers()
    return workers.run(job, *args, **kwargs) if workers else job(*args, **kwargs)


def warm_up() -> None:
    """Start the workers, and read the fonts, behind the back of those who are served meanwhile."""
    threading.Thread(target=_warm_up, name="printer", daemon=True).start()


def _warm_up() -> None:
    with suppress(ImproperlyConfigured):  # whoever prints is told
        missing_characters("")
    if workers := _workers():
        workers.start()


@cache
def _workers() -> "Workers | None":
    return Workers(settings.PRINT_WORKERS) if settings.PRINT_WORKERS else None


class Workers:
    """A pool of ``number`` processes, started by the first job or by ``start``.

    ``seconds`` and ``memory`` (bytes) bound each job, ``patience`` (seconds) the wait for a worker.
    """

    def __init__(
        self,
        number: int,
        *,
        seconds: float = TIME_OUT,
        memory: int = MEMORY,
        patience: float = PATIENCE,
    ) -> None:
        self.number, self.seconds = number, seconds
        self.memory, self.patience = memory, patience
        self._pool: ProcessPool | None = None
        self._start_method = "forkserver"
        self._make_locks()
        os.register_at_fork(after_in_child=self._forget)

    def run(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what ``job`` returns in a worker, or raise what it raises.

        ``job``, a function of a module, its arguments and its result are pickled. Raises
        PrinterFailed when no worker is free in time, or the job takes too long or too much.
        """
        with _place(self._present, PATIENCE_IN_FRONT), _place(self._free, self.patience):
            for _ in range(2):  # a worker may have been killed while it had nothing to do
                pool = self._started()
                with suppress(BrokenProcessPool):
                    return self._run(pool, job, *args, **kwargs)
                self._drop(pool)
        raise _crashed()

    def start(self) -> None:
        """Start the workers, which get ready by themselves."""
        self._started()

    def close(self) -> None:
        """End the workers, whatever they are doing."""
        if self._pool is not None:
            self._drop(self._pool)

    def _make_locks(self) -> None:
        self._free = threading.Semaphore(self.number)
        self._present = threading.Semaphore(self.number * (1 + WAITING_PER_WORKER))
        self._lock = threading.Lock()

    def _forget(self) -> None:
        """Leave to the process this one was forked from what is its own."""
        if self._pool is not None or self._lock.locked():
            self._start_method = "spawn"  # nor is the fork server ours
        self._pool = None
        self._make_locks()

    def _run(self, pool: ProcessPool, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        future = _scheduled(pool, self.seconds, job, *args, **kwargs)
        try:
            return future.result(self.seconds + _GRACE)
        except TimeoutError as error:
            if not future.done():  # not the job but the pool hangs
                self._drop(pool)
            logger.warning("print_timed_out", seconds=self.seconds)
            raise PrinterFailed(
                f"PDFの作成が{self.seconds:g}秒以内に終わらなかったため、取りやめました。切れ目のない"
                "長い文字列や、とても長い段落がないかを確かめ、文章を短くしてください。"
            ) from error
        except ProcessExpired as error:
            logger.warning("print_worker_lost", exit_code=error.exitcode)
            if error.exitcode != _OUT_OF_MEMORY:
                raise _crashed() from error
            raise PrinterFailed(
                f"PDFの作成に使えるメモリ（{self.memory >> 20:,}MB）を超えたため、取りやめました。"
                "文章又は段落の数を減らしてください。"
            ) from error

    def _started(self) -> ProcessPool:
        """Return the pool of this process, running."""
        with self._lock:
            if self._pool is None:
                # This process has threads: what they were in the middle of would stay so in a
                # fork. So the workers are forked from a process that does nothing else.
                context = multiprocessing.get_context(self._start_method)
                if self._start_method == "forkserver":
                    context.set_forkserver_preload(_PRELOADED)
                self._pool = ProcessPool(
                    self.number,
                    max_tasks=MOST_RENDERINGS,
                    initializer=_get_ready,
                    initargs=(self.memory,),
                    context=context,
                )
                atexit.register(self.close)
                self._pool.active  # noqa: B018 -- asking starts it
            return self._pool

    def _drop(self, pool: ProcessPool) -> None:
        """End ``pool`` unless another thread has."""
        with self._lock:
            if self._pool is not pool:
                return
            self._pool = None
        atexit.unregister(self.close)
        pool.stop()
        pool.join()


def _scheduled(
    pool: ProcessPool, seconds: float, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> "Future[T]":
    try:
        return pool.schedule(_bounded, args=(job, *args), kwargs=kwargs, timeout=seconds)
    except RuntimeError as error:  # as pebble says it when the pool is broken
        raise BrokenProcessPool from error


@contextmanager
def _place(places: threading.Semaphore, seconds: float) -> Iterator[None]:
    """Hold one of ``places``, or raise PrinterFailed after ``seconds``."""
    if not places.acquire(timeout=seconds):
        logger.warning("print_queue_full")
        raise PrinterFailed(
            "印刷が混み合っているため、PDFを作成できませんでした。少し待って、もう一度お試しください。",
            retry_after=10,
        )
    try:
        yield
    finally:
        places.release()


def _crashed() -> PrinterFailed:
    return PrinterFailed(
        "PDFの作成中に、印刷の処理が止まりました。もう一度お試しください。繰り返すときは、文章を短く"
        "するか、システム管理者に連絡してください。"
    )


# --- inside a worker -----------------------------------------------------------------------------


def _get_ready(memory: int) -> None:
    """Bound what this process may map, and render once, so that the first person need not wait."""
    # What WeasyPrint has to say names parts of the page, and nobody is there to read it.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    with suppress(ImproperlyConfigured):  # the first to print is told
        engine.warm_up()
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _bounded(job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do the job; or end this process where memory failed it, since nothing in it is sound then."""
    try:
        return job(*args, **kwargs)
    except PrintingError:
        raise
    except Exception as error:
        # What is written in C may fail in any other way.
        if isinstance(error, MemoryError | SystemError) or _memory_was_short():
            os._exit(_OUT_OF_MEMORY)
        raise


def _memory_was_short() -> bool:
    """Whether this process has once mapped nearly all it may."""
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    peak = re.search(r"^VmPeak:\s*(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)
    return peak is not None and int(peak[1]) * 1024 > limit * 3 / 4
