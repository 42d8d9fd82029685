"""Print backends for tests, for ``settings.PRINT_BACKEND``."""

import itertools
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from printing.backends import InProcessBackend, WorkerPoolBackend
from printing.fair_share import slots_in_use
from printing.pools import reading_pool, rendering_pool

T = TypeVar("T")


def path_of(backend: type) -> str:
    """Return the dotted path of ``backend`` for the setting."""
    return f"{backend.__module__}.{backend.__qualname__}"


class FewBytes(InProcessBackend):
    """Makes a few bytes in place of a PDF, different each time, as issued PDFs have to be."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)

    def render(
        self, page: str, styles: Sequence[str], created: datetime, attached: Mapping[str, bytes]
    ) -> bytes:
        return b"%%PDF-1.7 %d" % next(self._numbers)

    def count_pages(self, page: str, styles: Sequence[str]) -> int:
        return 7


class Noting(InProcessBackend):
    """Prints, and records each page of HTML with its attachments."""

    def __init__(self) -> None:
        self.printed: list[tuple[str, Mapping[str, bytes]]] = []

    def render(
        self, page: str, styles: Sequence[str], created: datetime, attached: Mapping[str, bytes]
    ) -> bytes:
        self.printed.append((page, attached))
        return super().render(page, styles, created, attached)


class CountingTurns(FewBytes):
    """Records the turns that are taken while it prints."""

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
    """Refuses at once when it is busy."""

    patience_in_front = 0


class Patient(FewBytes):
    """Waits long enough for a busy machine."""

    patience_in_front = 30


class Starved(WorkerPoolBackend):
    """A real worker that cannot allocate memory once it is ready."""

    def __init__(self) -> None:
        super().__init__()
        self.renderers = rendering_pool(1, memory=1 << 20)


class Crowded(WorkerPoolBackend):
    """Has no workers, so that it is always full."""

    def __init__(self) -> None:
        super().__init__()
        self.renderers = rendering_pool(0)
        self.renderers.in_front = 0


class OneReader(InProcessBackend):
    """Reads PDFs in a real process, with a few seconds for each."""

    def __init__(self) -> None:
        self.readers = reading_pool(seconds=3)

    def read(self, reading: Callable[[bytes], T], pdf: bytes) -> T:
        return self.readers.run(reading, pdf)

    def close(self) -> None:
        self.readers.close()


class SlowReader(OneReader):
    """Reads PDFs in a real process, with more time than any test takes."""

    def __init__(self) -> None:
        self.readers = reading_pool(seconds=60)


class Evaluating(OneReader):
    """Evaluates the PDF as Python, so that reading it can take any time or memory."""

    def read(self, reading: Callable[[bytes], T], pdf: bytes) -> T:
        return self.readers.run(eval, pdf)
