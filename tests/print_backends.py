"""What the tests let ``settings.PRINT_BACKEND`` name."""

import itertools
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from printing.backends import InProcessBackend, WorkerPoolBackend
from printing.fair_share import slots_in_use
from printing.pools import reading_pool, rendering_pool

T = TypeVar("T")


def path_of(backend: type) -> str:
    """Return what the setting has to say for ``backend``."""
    return f"{backend.__module__}.{backend.__qualname__}"


class FewBytes(InProcessBackend):
    """Writes a few bytes for a PDF, no two alike, as no two issued ones are."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)

    def render(
        self, page: str, styles: Sequence[str], created: datetime, attached: Mapping[str, bytes]
    ) -> bytes:
        return b"%%PDF-1.7 %d" % next(self._numbers)

    def count_pages(self, page: str, styles: Sequence[str]) -> int:
        return 7


class Noting(InProcessBackend):
    """Prints, and keeps what it was given: each page of HTML with the files attached to it."""

    def __init__(self) -> None:
        self.printed: list[tuple[str, Mapping[str, bytes]]] = []

    def render(
        self, page: str, styles: Sequence[str], created: datetime, attached: Mapping[str, bytes]
    ) -> bytes:
        self.printed.append((page, attached))
        return super().render(page, styles, created, attached)


class CountingTurns(FewBytes):
    """Keeps which turns are taken while it prints."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[dict[Hashable, int]] = []

    def render(
        self, page: str, styles: Sequence[str], created: datetime, attached: Mapping[str, bytes]
    ) -> bytes:
        self.taken.append(slots_in_use())
        return super().render(page, styles, created, attached)

    def count_pages(self, page: str, styles: Sequence[str]) -> int:
        self.taken.append(slots_in_use())
        return super().count_pages(page, styles)


class Impatient(FewBytes):
    """Nobody waits for a place."""

    patience_in_front = 0


class Patient(FewBytes):
    """Everybody waits as long as a busy machine needs."""

    patience_in_front = 30


class Starved(WorkerPoolBackend):
    """A real worker that may not map another byte once it is ready."""

    def __init__(self) -> None:
        super().__init__()
        self.renderers = rendering_pool(1, memory=1 << 20)


class Crowded(WorkerPoolBackend):
    """There is no place."""

    def __init__(self) -> None:
        super().__init__()
        self.renderers = rendering_pool(0)
        self.renderers.in_front = 0


class OneReader(InProcessBackend):
    """A real process reads, with a few seconds for each PDF."""

    def __init__(self) -> None:
        self.readers = reading_pool(seconds=3)

    def read(self, reading: Callable[[bytes], T], pdf: bytes) -> T:
        return self.readers.run(reading, pdf)

    def close(self) -> None:
        self.readers.close()


class SlowReader(OneReader):
    """The same with more time than any test takes."""

    def __init__(self) -> None:
        self.readers = reading_pool(seconds=60)


class Evaluating(OneReader):
    """It takes what it is given for Python, by which a PDF may be made to cost anything."""

    def read(self, reading: Callable[[bytes], T], pdf: bytes) -> T:
        return self.readers.run(eval, pdf)
