"""Where the work is done that may take any time and memory: the classes for ``PRINT_BACKEND``."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import BinaryIO, TypeVar

from django.conf import settings

from printing import binder, renderer
from printing.binder import Front, Part
from printing.pools import reading_pool, rendering_pool
from printing.worker_pool import PATIENCE_IN_FRONT

T = TypeVar("T")


class PrintBackend(ABC):
    """The interface of a backend. One instance serves all threads of a process.

    ``at_once``: how many pages it renders side by side. ``patience_in_front``: how many seconds
    somebody waits for a place among those who wait.
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
        """Return what ``reading``, a function of a module, makes of a PDF that anybody may give.

        What ``reading`` returns, or raises, is pickled. Raises ReaderFailed.
        """

    def bind(
        self,
        front: Front,
        parts: Iterable[Part],
        target: BinaryIO,
        progress: Callable[[int], None],
    ) -> None:
        """Write ``parts`` to ``target`` as one PDF; see ``binder.bind``. Raises PrintingError."""
        binder.bind(self.render, front, parts, target, progress)

    def warm_up(self) -> None:  # noqa: B027 -- most have nothing to make ready
        """Make ready what the first page would wait for."""

    def close(self) -> None:  # noqa: B027 -- most hold nothing
        """End what was started. The next work starts it again."""


class InProcessBackend(PrintBackend):
    """Everything is done in the process that asks, one page at a time. Nothing bounds it."""

    def render(
        self, page: str, styles: Sequence[str], created: datetime, attached: Mapping[str, bytes]
    ) -> bytes:
        return renderer.render(page, styles, created, attached)

    def count_pages(self, page: str, styles: Sequence[str]) -> int:
        return renderer.count_pages(page, styles)

    def read(self, reading: Callable[[bytes], T], pdf: bytes) -> T:
        return reading(pdf)


class WorkerPoolBackend(PrintBackend):
    """``PRINT_WORKERS`` processes render, and one reads; see ``worker_pool`` for their bounds."""

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
