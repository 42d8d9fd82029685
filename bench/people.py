"""People at their browsers: signing in, opening pages and saving, over real HTTP."""

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
    """What came back: ``status`` 0 means that nobody knows what became of the request.

    ``milliseconds`` from before the connection to the last byte; ``server_ms`` and ``queries``
    are what the server tells of itself.
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
    """Somebody with an account. Not to be shared by threads."""

    pk: int
    username: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    csrf: str = ""

    def sign_in(self, password: str) -> None:
        """Sign in by the form; raises RuntimeError where that does not succeed."""
        self._renew_token()
        answer = self.post("/accounts/login/", {"login": self.username, "password": password})
        self._renew_token()
        if answer.status != 302 or "sessionid" not in self.cookies:
            raise RuntimeError(f"{self.username} がログインできません（{answer.status}）。")

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: Mapping[str, object]) -> Answer:
        """Send a form, with the token of the page."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": self.csrf,
        }
        return self._ask("POST", path, urlencode(fields, doseq=True), headers)

    def save(
        self, sheet: int, key: str, text: str, version: int, unanswered: Sequence[str] = ()
    ) -> Answer:
        """Save an entry as the page does by itself."""
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
