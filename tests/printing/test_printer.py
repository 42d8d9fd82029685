"""The setting names the backend, of which there is one: in this process, or in others."""

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from printing import printer
from printing.backends import InProcessBackend, WorkerPoolBackend
from tests.print_backends import FewBytes, path_of
from tests.threads import at_once

CREATED = datetime(2020, 4, 1, 3, 30, tzinfo=UTC)
PAGE = '<html lang="ja"><head><title>題</title></head><body><p>井戸を掘る。</p></body></html>'
# A backend reads whatever it is given with whatever function.
OWN_PROCESS = b"__import__('os').getpid()"
Backends = Callable[[type], Any]


class SlowToMake(FewBytes):
    """Takes so long to make that others come meanwhile."""

    made = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).made += 1
        time.sleep(0.2)


@pytest.fixture
def use(settings: Any) -> Iterator[Backends]:
    """Have a backend of some class, which is ended afterwards."""

    def use(kind: type) -> Any:
        settings.PRINT_BACKEND = path_of(kind)
        return printer.backend()

    yield use
    printer.backend().close()


def test_of_many_first_requests_at_once_one_makes_the_backend(settings):
    settings.PRINT_BACKEND = path_of(SlowToMake)
    found: list[object] = []
    assert at_once(6, lambda _: found.append(printer.backend())) == [None] * 6
    assert SlowToMake.made == 1
    assert len(set(map(id, found))) == 1


def test_in_worker_processes_pages_are_as_in_this_one(use: Backends, settings):
    settings.PRINT_WORKERS = 1
    arguments = {"styles": (), "created": CREATED, "attached": {"a.json": b"{}"}}
    use(InProcessBackend)
    here = printer.render_page(PAGE, **arguments)
    assert printer.read_untrusted_pdf(eval, OWN_PROCESS) == os.getpid()
    backend = use(WorkerPoolBackend)
    assert printer.render_page(PAGE, **arguments) == here
    assert printer.count_pages(PAGE, ()) == 1
    reader = printer.read_untrusted_pdf(eval, OWN_PROCESS)
    assert reader not in {os.getpid(), backend.renderers.run(os.getpid)}
    assert backend.at_once == 1


def test_a_backend_that_was_closed_starts_again(use: Backends, settings):
    settings.PRINT_WORKERS = 1
    backend = use(WorkerPoolBackend)
    before = backend.renderers.run(os.getpid)
    backend.close()
    assert backend.renderers.run(os.getpid) != before


def test_the_moment_must_know_its_time_zone():
    with pytest.raises(ValueError, match="time zone"):
        printer.render_page(PAGE, styles=(), created=CREATED.replace(tzinfo=None))
