"""The ``Server-Timing`` header: time and number of queries of a response."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse


class ServerTiming:
    """Middleware that measures everything inside it; it stands first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        queries = 0

        def counted(execute: Callable[..., Any], *arguments: Any) -> Any:
            nonlocal queries
            queries += 1
            return execute(*arguments)

        start = perf_counter()
        with connection.execute_wrapper(counted):
            answer = self.get_response(request)
        milliseconds = 1000 * (perf_counter() - start)
        answer["Server-Timing"] = f'app;dur={milliseconds:.2f}, db;desc="{queries}"'
        return answer
