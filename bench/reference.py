"""The duration of a reference page, in multiples of which the targets are set.

Milliseconds alone would say as much about the machine as about the site.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bench.figures import Row
from bench.people import Person
from bench.server import Server
from bench.urls import REFERENCE_PAGE

TIMES, WARMING_UP = 200, 20


@dataclass(frozen=True)
class Reference:
    """The durations of the page, measured by the client and by the server."""

    of_client: Sequence[float]
    of_server: Sequence[float]

    @property
    def ms(self) -> float:
        """The median in milliseconds, from before the connection to the last byte."""
        return median(self.of_client)

    @property
    def server_ms(self) -> float:
        """The median in milliseconds of the server's own time."""
        return median(self.of_server)

    def rows(self, setting: str) -> list[Row]:
        """Return the rows of the table for the reference itself."""
        return [
            Row(f"The reference page{which}", setting, "–", f"{TIMES} pages", None, times)
            for which, times in (("", self.of_client), (", server's time", self.of_server))
        ]


def measure_reference(server: Server) -> Reference:
    """Open the reference page repeatedly, without signing in."""
    visitor = Person(0, "", server.port)
    answers = [visitor.get(REFERENCE_PAGE) for _ in range(WARMING_UP + TIMES)][WARMING_UP:]
    if {(answer.status, answer.queries) for answer in answers} != {(200, 1)}:
        raise RuntimeError("基準のページが開けません。")
    return Reference(
        [answer.milliseconds for answer in answers], [answer.server_ms for answer in answers]
    )
