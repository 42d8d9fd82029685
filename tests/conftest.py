"""Fixtures and markers of all tests."""

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

# No deadlines: a busy machine must not fail a test.
hypothesis.settings.register_profile("of the suite", deadline=None)
hypothesis.settings.load_profile("of the suite")

# Fixtures that give a test the database, and those for which it is really committed.
COMMITS = {"live_server", "transactional_db"}
GIVES_A_DATABASE = {"db", *COMMITS}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Mark each test by its fixtures: ``browser``, ``paper``, ``commits`` or ``one_database``.

    This needs no list: there is no browser without its fixture, pytest-django refuses every query
    of a test without a database, and ``no_paper`` skips tests that print without the fixture.
    """
    for item in items:
        fixtures = set(item.fixturenames)
        if "playwright" in fixtures:
            item.add_marker("browser")
        if "paper" in fixtures:
            item.add_marker("paper")
        database = item.get_closest_marker("django_db")
        if COMMITS & fixtures or (database and database.kwargs.get("transaction")):
            item.add_marker("commits")
        if not (database or GIVES_A_DATABASE & fixtures):
            item.add_marker("one_database")


@pytest.fixture(scope="session")
def paper() -> None:
    """For tests that print: requesting this fixture marks them ``paper``."""


@pytest.fixture(autouse=True)
def no_paper(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without ``paper`` (``make quick``), skip a test that prints without the fixture.

    It is skipped when it first prints, since printing takes longer than the rest of the test.
    ``make test`` runs the whole test.
    """
    if "not paper" in request.config.getoption("markexpr"):
        for backend in (InProcessBackend, WorkerPoolBackend):
            for name in ("render", "count_pages"):
                monkeypatch.setattr(backend, name, _leave_out)


def _leave_out(*_: object) -> None:
    pytest.skip("prints")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start Debian's Chromium without background requests.

    The sandbox is off because Chromium does not run as root with it, as in a container. The
    browser opens only our own pages.
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
    """The value of ``string_if_invalid``: it fails the test for an undefined variable.

    Only in our own templates: those of the admin and of allauth use undefined variables on
    purpose, and there it renders as empty.
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
        """Return the template of the variable: that of the innermost node being rendered."""
        frame = sys._getframe(2)
        while frame:
            origin = getattr(frame.f_locals.get("self"), "origin", None)
            if isinstance(origin, Origin):
                return str(origin.name)
            frame = frame.f_back
        return ""


@pytest.fixture(autouse=True, scope="session")
def undefined_variables_fail() -> None:
    """Make undefined variables in templates fail the test."""
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
    """Allow TRUNCATE of append-only tables on PostgreSQL, to empty them after each test."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in APPEND_ONLY:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_truncate")


@pytest.fixture(autouse=True)
def names_of_no_other_test() -> None:
    """Restart the sequences of the factories, so that names do not depend on the order of tests."""
    restart_counters()


@pytest.fixture(autouse=True)
def no_heads_of_another_test() -> Iterator[None]:
    """Delete the noted heads of the audit log after each test."""
    yield
    heads_file().unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def safe_requests_write_nothing() -> Iterator[None]:
    """Fail a test in which a safe request wrote, even if a page or thread caught the error."""
    safe_requests.writes.clear()
    yield
    assert safe_requests.writes == []


@pytest.fixture
def fake_pdf(settings: Any) -> None:
    """Make a few bytes in place of every PDF, for tests that are not about the paper."""
    settings.PRINT_BACKEND = path_of(FewBytes)
