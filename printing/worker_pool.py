"""Processes for what may take any time and memory: bounded, and replaced where they fail.

WeasyPrint takes any page seriously: a hostile one can cost minutes and gigabytes, and Pango ends
a process that runs out of memory. A PDF from anybody can be as bad to read. So neither is done
where people are served.
"""

import atexit
import multiprocessing
import os
import re
import resource
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import ClassVar, ParamSpec, TypeVar

import structlog
from pebble import ProcessExpired, ProcessPool

from core.refusals import Refusal
from printing.errors import WorkerFailed

logger = structlog.get_logger(__name__)

# A worker ends after so many jobs, so that what a library forgets to free does not add up.
MOST_JOBS = 200
# How long somebody waits for a place among those who wait, in seconds. Of the threads that serve
# people some are left for the other pages.
PATIENCE_IN_FRONT = 2
# Seconds a worker has to start, and the pool to notice, beyond the time-out.
GRACE = 10
_OUT_OF_MEMORY = 77
# Imported once, by the process from which the workers are forked, whatever they are for.
_PRELOADED = [
    "printing.typesetter",
    "printing.pools",
]

P = ParamSpec("P")
T = TypeVar("T")


class WorkerPool:
    """A pool of ``number`` processes, started by the first job or by ``start``.

    ``seconds`` and ``memory`` (bytes a worker may map) bound each job, ``patience`` (seconds) the
    wait for a worker, ``waiting`` how many wait for each, and ``in_front`` (seconds) the wait for
    a place among those. ``get_ready``, a function of a module, makes in a new worker what every
    job will use. ``failure`` is raised where a job is not done, and has the words for why.
    """

    start_method: ClassVar[str] = "forkserver"

    def __init__(
        self,
        number: int,
        failure: type[WorkerFailed],
        get_ready: Callable[[], None],
        *,
        seconds: float,
        memory: int,
        patience: float,
        waiting: int,
        in_front: float = PATIENCE_IN_FRONT,
    ) -> None:
        self.number, self.failure, self.get_ready = number, failure, get_ready
        self.seconds, self.memory = seconds, memory
        self.patience, self.waiting, self.in_front = patience, waiting, in_front
        self.grace = GRACE
        self._pool: ProcessPool | None = None
        self._make_locks()
        os.register_at_fork(after_in_child=self._forget)

    def run(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what ``job`` returns in a worker, or raise what it raises.

        ``job``, a function of a module, its arguments and its result are pickled. Raises the
        ``failure`` when no worker is free in time, or the job takes too long or too much.
        """
        with self._place(self._present, self.in_front), self._place(self._free, self.patience):
            for _ in range(2):  # a worker may have been killed while it had nothing to do
                with suppress(BrokenProcessPool):
                    return self._run(self._started(), job, *args, **kwargs)
        raise self.failure(self.failure.crashed)

    def start(self) -> None:
        """Start the workers, which get ready by themselves."""
        self._started()

    def close(self) -> None:
        """End the workers, whatever they are doing."""
        self._drop(self._pool)

    def _make_locks(self) -> None:
        self._free = threading.Semaphore(self.number)
        self._present = threading.Semaphore(self.number * (1 + self.waiting))
        self._lock = threading.Lock()

    def _forget(self) -> None:
        """Leave to the process this one was forked from what is its own."""
        self._pool = None
        self._make_locks()

    @contextmanager
    def _place(self, places: threading.Semaphore, seconds: float) -> Iterator[None]:
        """Hold one of ``places``, or raise the failure after ``seconds``."""
        if not places.acquire(timeout=seconds):
            logger.warning(f"{self.failure.name}_queue_full")
            raise self.failure(self.failure.crowded, retry_after=10)
        try:
            yield
        finally:
            places.release()

    def _run(self, pool: ProcessPool, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        failure = self.failure
        try:
            future = _scheduled(pool, self.seconds, job, *args, **kwargs)
            return future.result(self.seconds + self.grace)
        except BrokenProcessPool:  # which may show before the job is taken or after
            self._drop(pool)
            raise
        except TimeoutError as error:
            if not future.done():  # not the job but the pool hangs
                logger.warning(f"{failure.name}_workers_hang")
                self._drop(pool)
                raise failure(failure.crashed, retry_after=10) from error
            logger.warning(f"{failure.name}_timed_out", seconds=self.seconds)
            told = failure.too_long.format(seconds=self.seconds)
            raise failure(told, is_too_costly=True) from error
        except ProcessExpired as error:
            logger.warning(f"{failure.name}_worker_lost", exit_code=error.exitcode)
            if error.exitcode != _OUT_OF_MEMORY:
                raise failure(failure.crashed) from error
            told = failure.too_much.format(megabytes=self.memory >> 20)
            raise failure(told, is_too_costly=True) from error

    def _started(self) -> ProcessPool:
        """Return the pool of this process, running."""
        with self._lock:
            if self._pool is None:
                # This process has threads: what they were in the middle of would stay so in a
                # fork. So the workers are forked from a process that does nothing else.
                context = multiprocessing.get_context(self.start_method)
                if self.start_method == "forkserver":
                    context.set_forkserver_preload(_PRELOADED)
                pool = ProcessPool(
                    self.number,
                    max_tasks=MOST_JOBS,
                    initializer=_get_ready,
                    initargs=(self.get_ready, self.memory),
                    context=context,
                )
                pool.active  # noqa: B018 -- asking starts it
                atexit.register(self.close)
                self._pool = pool
            return self._pool

    def _drop(self, pool: ProcessPool | None) -> None:
        """End ``pool``, if there is one, unless another thread has."""
        with self._lock:
            if pool is None or self._pool is not pool:
                return
            self._pool = None
        atexit.unregister(self.close)
        pool.stop()
        pool.join()


def _leave_the_fork_server() -> None:
    """In a process forked from this one: the fork server is not its own."""
    WorkerPool.start_method = "spawn"


os.register_at_fork(after_in_child=_leave_the_fork_server)


def _scheduled(
    pool: ProcessPool, seconds: float, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> "Future[T]":
    try:
        return pool.schedule(_bounded, args=(job, *args), kwargs=kwargs, timeout=seconds)
    except RuntimeError as error:  # as pebble says it when the pool is broken
        raise BrokenProcessPool from error


# --- inside a worker -----------------------------------------------------------------------------


def _get_ready(get_ready: Callable[[], None], memory: int) -> None:
    """Make what every job will use, so that the first person need not wait; then bound memory."""
    get_ready()
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _bounded(job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do the job; or end this process where memory failed it, since nothing in it is sound then."""
    try:
        return job(*args, **kwargs)
    except Refusal:
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
