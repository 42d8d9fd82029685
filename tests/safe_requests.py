"""Guard of safe requests (GET, HEAD, OPTIONS): one that writes to the database fails its test.

The middleware is the first in ``config.settings_test``, so that it covers the test client and the
live server.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

SAFE = ("GET", "HEAD", "OPTIONS")

# Without BEGIN: on SQLite a transaction locks out all other writers.
READS = ("SELECT", "WITH", "EXPLAIN")

# Writes that are necessary: the URL, the statement, and the reason.
EXCEPTIONS = (
    (
        re.compile("/accounts/password/reset/key/"),
        re.compile(r'(INSERT INTO|UPDATE) "django_session"|(RELEASE )?SAVEPOINT|BEGIN'),
        "allauth moves the key of a mail's link from the address to the session, or the page "
        "would hand it on in its own address",
    ),
    (
        re.compile("/"),
        re.compile('DELETE FROM "django_session"'),
        "Django ends the sessions of a person whose password was changed, at the next request",
    ),
)

writes: list[str] = []
"""The statements that safe requests of the running test have written with."""


class WriteInSafeRequest(AssertionError):
    """A safe request has written to the database."""


class SafeRequestMiddleware:
    """Raises WriteInSafeRequest for every statement of a safe request that does not read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE:
            return self.get_response(request)
        guard = _guard_of(request)
        with connection.execute_wrapper(guard):
            response = self.get_response(request)
        if response.streaming:
            response.streaming_content = _guarded(response.streaming_content, guard)
        return response


def _guard_of(request: HttpRequest) -> Callable[..., Any]:
    def guard(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.lstrip(" (\n").startswith(READS) and not _is_excepted(request.path, sql):
            writes.append(f"{request.method} {request.path}: {sql}")
            raise WriteInSafeRequest(writes[-1])
        return execute(sql, params, many, context)

    return guard


def _is_excepted(path: str, sql: str) -> bool:
    return any(address.match(path) and said.match(sql) for address, said, _ in EXCEPTIONS)


def _guarded(content: Iterable[bytes], guard: Callable[..., Any]) -> Iterator[bytes]:
    with connection.execute_wrapper(guard):
        yield from content
