"""What every test may rely on."""

import os
import sys
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.template import Origin, Variable, engines

from audit.heads_file import heads_file
from printing.backends import InProcessBackend, WorkerPoolBackend
from tests import safe_requests
from tests.factories import restart_counters
from tests.print_backends import FewBytes, path_of

# Playwright's synchronous interface runs an event loop in the thread of the test, for which
# Django would refuse every query of that test.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A machine that is busy with other things must not fail a test.
hypothesis.settings.register_profile("of the suite", deadline=None)
hypothesis.settings.load_profile("of the suite")

# Whatever asks for one of these is given a database.
GIVES_A_DATABASE = {"db", "live_server", "transactional_db"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Mark each test by what it asks for: a browser, paper, or no database.

    No list of such tests has to be kept right: a test has no browser but by its fixture, without
    a database pytest-django refuses it every query, and ``no_paper`` looks after the rest.
    """
    for item in items:
        fixtures = set(item.fixturenames)
        if "playwright" in fixtures:
            item.add_marker("browser")
        if "paper" in fixtures:
            item.add_marker("paper")
        if not (item.get_closest_marker("django_db") or GIVES_A_DATABASE & fixtures):
            item.add_marker("one_database")


@pytest.fixture(scope="session")
def paper() -> None:
    """Say that a test prints; what asks for it has the mark ``paper``."""


@pytest.fixture(autouse=True)
def no_paper(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where paper is left out (``make quick``), leave a test that did not ask for it at its print.

    Printing takes longer than the rest of such a test, and is tried by ``make test``.
    """
    if "not paper" in request.config.getoption("markexpr"):
        for backend in (InProcessBackend, WorkerPoolBackend):
            for name in ("render", "count_pages"):
                monkeypatch.setattr(backend, name, _leave_out)


def _leave_out(*_: object) -> None:
    pytest.skip("prints")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start Debian's own Chromium, silent towards the network.

    Its sandbox is off because Chromium refuses it to root, and containers run as root; the
    browser meets no pages but ours.
    """
    return browser_type_launch_args | {
        "executable_path": "/usr/bin/chromium",
        "chromium_sandbox": False,
        "args": [
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-gpu",
            "--disable-sync",
            "--no-first-run",
        ],
    }


class _UndefinedVariable:
    """Stands for a variable that a template names and nobody has given.

    In one of our templates that fails the test. The admin and the sign-in library do it on
    purpose in theirs, where it stays empty as it does in use.
    """

    def __contains__(self, text: str) -> bool:
        return text == "%s"

    def __str__(self) -> str:
        return ""

    def __mod__(self, variable: Variable) -> str:
        origin = self._template()
        if origin.startswith(str(settings.BASE_DIR / "templates")):
            pytest.fail(f"{origin} names the undefined variable {variable.var!r}")
        return ""

    def _template(self) -> str:
        """Return the file in which the variable stands: the innermost node being rendered."""
        frame = sys._getframe(2)
        while frame:
            origin = getattr(frame.f_locals.get("self"), "origin", None)
            if isinstance(origin, Origin):
                return str(origin.name)
            frame = frame.f_back
        return ""


@pytest.fixture(autouse=True, scope="session")
def undefined_variables_fail() -> None:
    """Make every template strict, whoever renders it."""
    engines["django"].engine.string_if_invalid = _UndefinedVariable()


APPEND_ONLY = (
    "audit_auditentry",
    "evaluations_transition",
    "evaluations_revision",
    "evaluations_issuedpdf",
    "evaluations_commentthread",
    "evaluations_comment",
    "evaluations_suggestion",
    "evaluations_suggestiondecision",
)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Let the tests empty the tables after each other, which PostgreSQL is told to refuse."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in APPEND_ONLY:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_truncate")


@pytest.fixture(autouse=True)
def names_of_no_other_test() -> None:
    """Let the names that are made up be the same in every order of the tests."""
    restart_counters()


@pytest.fixture(autouse=True)
def no_heads_of_another_test() -> Iterator[None]:
    """Forget the heads of the audit log that the test before noted."""
    yield
    heads_file().unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def safe_requests_write_nothing() -> Iterator[None]:
    """Fail a test in which a safe request wrote, also where a page or a thread hid the error."""
    safe_requests.writes.clear()
    yield
    assert safe_requests.writes == []


@pytest.fixture
def fake_pdf(settings: Any) -> None:
    """Write a few bytes for every PDF, where a test is about who may, not about the paper."""
    settings.PRINT_BACKEND = path_of(FewBytes)
