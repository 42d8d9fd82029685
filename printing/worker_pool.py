"""A pool of worker processes with limits on time and memory, replaced when they fail.

A hostile page can cost WeasyPrint minutes and gigabytes, and Pango aborts the process when memory
runs out. Reading an untrusted PDF can be as bad. So neither is done in the web processes.
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

# A worker is replaced after this number of jobs, so that memory leaks do not add up.
MOST_JOBS = 200
# Seconds a caller waits for a place in the queue. The queue is short, so that some threads of the
# web server stay free for other pages.
PATIENCE_IN_FRONT = 2
# Seconds allowed, beyond the time limit, to start a worker and for the pool to react.
GRACE = 10
_OUT_OF_MEMORY = 77
# Imported once by the fork server, for the workers of all pools.
_PRELOADED = [
    "printing.typesetter",
    "printing.pools",
]

P = ParamSpec("P")
T = TypeVar("T")


class WorkerPool:
    """A pool of ``number`` processes, started by the first job or by ``start``.

    ``seconds`` and ``memory`` (bytes a worker may map) limit each job, ``patience`` (seconds) the
    wait for a worker, ``waiting`` the queue length per worker, and ``in_front`` (seconds) the wait
    for a place in the queue. ``get_ready``, a module-level function, prepares a new worker.
    ``failure`` is the exception for jobs not done, and has the messages.
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
        """Run ``job`` in a worker, and return its result or raise its exception.

        ``job``, a module-level function, its arguments and its result are pickled. Raises
        ``failure`` if no worker is free in time, or the job exceeds its limits.
        """
        with self._place(self._present, self.in_front), self._place(self._free, self.patience):
            for _ in range(2):  # an idle worker may have been killed
                with suppress(BrokenProcessPool):
                    return self._run(self._started(), job, *args, **kwargs)
        raise self.failure(self.failure.crashed)

    def start(self) -> None:
        """Start the workers, which prepare themselves in the background."""
        self._started()

    def close(self) -> None:
        """Kill the workers, even in the middle of a job."""
        self._drop(self._pool)

    def _make_locks(self) -> None:
        self._free = threading.Semaphore(self.number)
        self._present = threading.Semaphore(self.number * (1 + self.waiting))
        self._lock = threading.Lock()

    def _forget(self) -> None:
        """Drop the parent's pool and locks after a fork."""
        self._pool = None
        self._make_locks()

    @contextmanager
    def _place(self, places: threading.Semaphore, seconds: float) -> Iterator[None]:
        """Acquire one of ``places``, or raise the failure after ``seconds``."""
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
        except BrokenProcessPool:  # raised before or after the job has started
            self._drop(pool)
            raise
        except TimeoutError as error:
            if not future.done():  # the pool itself hangs
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
        """Return the running pool of this process."""
        with self._lock:
            if self._pool is None:
                # Forking a process with threads is unsafe: locks they hold stay locked in the
                # child. So the workers are forked from a fork server.
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
                pool.active  # noqa: B018 -- the property starts the pool
                atexit.register(self.close)
                self._pool = pool
            return self._pool

    def _drop(self, pool: ProcessPool | None) -> None:
        """Stop ``pool`` unless another thread already has."""
        with self._lock:
            if pool is None or self._pool is not pool:
                return
            self._pool = None
        atexit.unregister(self.close)
        pool.stop()
        pool.join()


def _leave_the_fork_server() -> None:
    """Detach from the parent's fork server after a fork."""
    WorkerPool.start_method = "spawn"


os.register_at_fork(after_in_child=_leave_the_fork_server)


def _scheduled(
    pool: ProcessPool, seconds: float, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> "Future[T]":
    try:
        return pool.schedule(_bounded, args=(job, *args), kwargs=kwargs, timeout=seconds)
    except RuntimeError as error:  # raised by pebble if the pool is broken
        raise BrokenProcessPool from error


# --- inside a worker -----------------------------------------------------------------------------


def _get_ready(get_ready: Callable[[], None], memory: int) -> None:
    """Prepare a worker, so that the first job need not wait, and then limit its memory."""
    get_ready()
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _bounded(job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run the job; end this process if memory ran out, since its state is undefined then."""
    try:
        return job(*args, **kwargs)
    except Refusal:
        raise
    except Exception as error:
        # C code may fail in any other way when memory runs out.
        if isinstance(error, MemoryError | SystemError) or _memory_was_short():
            os._exit(_OUT_OF_MEMORY)
        raise


def _memory_was_short() -> bool:
    """Whether this process has ever mapped nearly as much memory as it may."""
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    peak = re.search(r"^VmPeak:\s*(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)
    return peak is not None and int(peak[1]) * 1024 > limit * 3 / 4
