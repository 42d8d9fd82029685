"""The table of results: a row for each figure, with its target and whether it is met."""

import os
import platform
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median
from time import perf_counter

HEAD = """\
| question | on | target | measured | median | p95 | ÷ reference | |
|---|---|---|---|--:|--:|--:|---|"""


@dataclass(frozen=True)
class Row:
    """A row of the table. ``milliseconds`` holds every single measurement, where time was measured.

    ``ratio`` is the duration as a multiple of the reference, which the targets are set for.
    ``met`` None: the figure has no target and is there for comparison.
    """

    question: str
    setting: str
    target: str
    measured: str
    met: bool | None
    milliseconds: Sequence[float] = ()
    ratio: float | None = None

    def __str__(self) -> str:
        times = ("", "")
        if self.milliseconds:
            times = (_ms(median(self.milliseconds)), _ms(percentile(self.milliseconds, 95)))
        ratio = f"{self.ratio:.2f} ×" if self.ratio is not None else ""
        verdict = {True: "met", False: "**missed**", None: ""}[self.met]
        cells = (self.question, self.setting, self.target, self.measured, *times, ratio, verdict)
        return f"| {' | '.join(cells)} |"


def counted(
    question: str,
    setting: str,
    *,
    target: str,
    measured: str,
    met: bool | None,
    milliseconds: Sequence[float] = (),
) -> Row:
    """Return the row of a count, such as that of queries; the times are printed beside it."""
    return Row(question, setting, target, measured, met, milliseconds)


def timed(
    question: str,
    setting: str,
    *,
    limit: float | None,
    reference_ms: float,
    milliseconds: Sequence[float],
    of: str,
    percent: int = 95,
) -> Row:
    """Return the row of a duration.

    Its target, if there is a ``limit``: the percentile is at most ``limit`` times the reference.
    """
    name = "median" if percent == 50 else f"p{percent}"
    ratio = percentile(milliseconds, percent) / reference_ms
    return Row(
        question,
        setting,
        f"{name} ≤ {limit:g} × reference" if limit else "–",
        f"{len(milliseconds):,} {of}",
        ratio <= limit if limit else None,
        milliseconds,
        ratio,
    )


def milliseconds_of(work: Callable[[], object]) -> float:
    """Do ``work`` once, and return how long it took in this process."""
    started = perf_counter()
    work()
    return 1000 * (perf_counter() - started)


def percentile(values: Iterable[float], percent: int) -> float:
    """Return the percentile of ``values`` by the nearest-rank method."""
    ordered = sorted(values)
    return ordered[ceil(len(ordered) * percent / 100) - 1]


def head() -> str:
    """Return the lines above the rows: the machine, and the head of the table."""
    cores, python = os.cpu_count(), platform.python_version()
    return f"{cores} cores, Python {python}, SQLite {sqlite3.sqlite_version}.\n\n{HEAD}"


def _ms(milliseconds: float) -> str:
    return f"{milliseconds:.1f} ms" if milliseconds < 10 else f"{milliseconds:.0f} ms"


if __name__ == "__main__":
    print(head())
