"""Print backends, the classes for ``PRINT_BACKEND``: where the expensive work is done."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import BinaryIO, TypeVar

from django.conf import settings

from printing import binder, renderer
from printing.binder import Front, SourcePdf
from printing.pools import reading_pool, rendering_pool
from printing.worker_pool import PATIENCE_IN_FRONT

T = TypeVar("T")


class PrintBackend(ABC):
    """Interface of a backend. One instance serves all threads of a process.

    ``at_once`` is the number of concurrent renderings, ``patience_in_front`` the number of seconds
    a caller waits for a place in the queue.
    """

    at_once = 1
    patience_in_front: float = PATIENCE_IN_FRONT

    @abstractmethod
    def render(
        self, page: str, styles: Sequence[str], created: datetime, attached: Mapping[str, bytes]
    ) -> bytes:
        """Return the PDF of the HTML ``page``; see ``renderer.render``. Raises PrintingError."""

    @abstractmethod
    def count_pages(self, page: str, styles: Sequence[str]) -> int:
        """Return how many pages the PDF of ``page`` has. Raises PrintingError."""

    @abstractmethod
    def read(self, reading: Callable[[bytes], T], pdf: bytes) -> T:
        """Return what ``reading``, a module-level function, returns for an untrusted PDF.

        The result or exception of ``reading`` is pickled. Raises ReaderFailed.
        """

    def bind(
        self,
        front: Front,
        parts: Iterable[SourcePdf],
        target: BinaryIO,
        progress: Callable[[int], None],
    ) -> None:
        """Write ``parts`` to ``target`` as one PDF; see ``binder.bind``. Raises PrintingError."""
        binder.bind(self.render, front, parts, target, progress)

    def warm_up(self) -> None:  # noqa: B027 -- most have nothing to make ready
        """Prepare whatever the first rendering would have to wait for."""

    def close(self) -> None:  # noqa: B027 -- most hold nothing
        """Stop the workers, if any. The next job starts them again."""


class InProcessBackend(PrintBackend):
    """Does the work in the calling process, one page at a time, without limits."""

    def render(
        self, page: str, styles: Sequence[str], created: datetime, attached: Mapping[str, bytes]
    ) -> bytes:
        return renderer.render(page, styles, created, attached)

    def count_pages(self, page: str, styles: Sequence[str]) -> int:
        return renderer.count_pages(page, styles)

    def read(self, reading: Callable[[bytes], T], pdf: bytes) -> T:
        return reading(pdf)


class WorkerPoolBackend(PrintBackend):
    """Uses ``PRINT_WORKERS`` rendering processes and one reading process; see ``pools``."""

    def __init__(self) -> None:
        self.at_once = max(1, settings.PRINT_WORKERS)
        self.renderers = rendering_pool(self.at_once)
        self.readers = reading_pool()

    def render(
        self, page: str, styles: Sequence[str], created: datetime, attached: Mapping[str, bytes]
    ) -> bytes:
        return self.renderers.run(renderer.render, page, styles, created, attached)

    def count_pages(self, page: str, styles: Sequence[str]) -> int:
        return self.renderers.run(renderer.count_pages, page, styles)

    def read(self, reading: Callable[[bytes], T], pdf: bytes) -> T:
        return self.readers.run(reading, pdf)

    def warm_up(self) -> None:
        self.renderers.start()

    def close(self) -> None:
        self.renderers.close()
        self.readers.close()
