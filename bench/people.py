"""HTTP clients: people who sign in, open pages and save, with cookies and CSRF tokens."""

import json
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

PATIENCE_SECONDS = 20
_COST = re.compile(r'app;dur=([\d.]+), db;desc="(\d+)"')


@dataclass(frozen=True)
class Answer:
    """A response and what it took. ``status`` 0: the connection broke before there was one.

    ``milliseconds`` run from before the connection to the last byte; ``server_ms`` and
    ``queries`` come from the ``Server-Timing`` header.
    """

    status: int
    body: bytes = b""
    milliseconds: float = 0.0
    server_ms: float = 0.0
    queries: int = 0

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass
class Person:
    """A signed-in user's HTTP client. Not safe to share between threads."""

    pk: int
    username: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    csrf: str = ""

    def sign_in(self, password: str) -> None:
        """Sign in with the form. Raises RuntimeError if that fails."""
        self._renew_token()
        answer = self.post("/accounts/login/", {"login": self.username, "password": password})
        self._renew_token()
        if answer.status != 302 or "sessionid" not in self.cookies:
            raise RuntimeError(f"{self.username} がログインできません（{answer.status}）。")

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: Mapping[str, object]) -> Answer:
        """Send a form, with the CSRF token."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": self.csrf,
        }
        return self._ask("POST", path, urlencode(fields, doseq=True), headers)

    def save(
        self, sheet: int, key: str, text: str, version: int, unanswered: Sequence[str] = ()
    ) -> Answer:
        """Autosave an entry, as the page does."""
        fields = {"text": text, "version": version, "person": self.pk, "unanswered": unanswered}
        return self.post(f"/sheets/{sheet}/entries/{key}/autosave/", fields)

    def _renew_token(self) -> None:
        self.csrf = self.get("/accounts/token/").json["csrf"]

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        start = time.perf_counter()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, body, headers | {"Cookie": cookies})
            response = connection.getresponse()
            content = response.read()
        except (OSError, HTTPException):
            return Answer(0)
        finally:
            connection.close()
        milliseconds = 1000 * (time.perf_counter() - start)
        for line in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: each.value for name, each in SimpleCookie(line).items()}
        cost = _COST.match(response.headers.get("Server-Timing", ""))
        server_ms, queries = (float(cost[1]), int(cost[2])) if cost else (0.0, 0)
        return Answer(response.status, content, milliseconds, server_ms, queries)
