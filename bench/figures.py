"""The table: a row for each figure, with its target and whether it is met."""

import os
import platform
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

HEAD = """\
| question | on | target | measured | median | p95 | p95 ÷ target | |
|---|---|---|---|--:|--:|--:|---|"""


@dataclass(frozen=True)
class Row:
    """One figure. ``milliseconds``: every single time, where the question is one of time.

    ``met`` None: nothing was aimed at, the figure is there to be compared.
    """

    question: str
    setting: str
    target: str
    measured: str
    met: bool | None
    milliseconds: Sequence[float] = ()
    limit_ms: float | None = None

    def __str__(self) -> str:
        times = ("", "", "")
        if self.milliseconds:
            p95 = percentile(self.milliseconds, 95)
            share = f"{p95 / self.limit_ms:.2f}" if self.limit_ms else ""
            times = (_ms(median(self.milliseconds)), _ms(p95), share)
        verdict = {True: "met", False: "**missed**", None: ""}[self.met]
        cells = (self.question, self.setting, self.target, self.measured, *times, verdict)
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
    """Return the row of a number that has to be right; the times are told beside it."""
    return Row(question, setting, target, measured, met, milliseconds)


def timed(
    question: str,
    setting: str,
    *,
    limit_ms: float | None,
    milliseconds: Sequence[float],
    of: str,
    percent: int = 95,
) -> Row:
    """Return the row of a time of which ``percent`` in 100 must stay within ``limit_ms``, if any.

    50 is the median.
    """
    name = "median" if percent == 50 else f"p{percent}"
    return Row(
        question,
        setting,
        f"{name} ≤ {limit_ms:g} ms" if limit_ms else "–",
        f"{len(milliseconds):,} {of}",
        percentile(milliseconds, percent) <= limit_ms if limit_ms else None,
        milliseconds,
        limit_ms,
    )


def percentile(values: Iterable[float], percent: int) -> float:
    """Return the smallest value that ``percent`` of 100 do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[ceil(len(ordered) * percent / 100) - 1]


def head() -> str:
    """Return what stands above the rows: the machine, and the names of the columns."""
    cores, python = os.cpu_count(), platform.python_version()
    return f"{cores} cores, Python {python}, SQLite {sqlite3.sqlite_version}.\n\n{HEAD}"


def _ms(milliseconds: float) -> str:
    return f"{milliseconds:.1f} ms" if milliseconds < 10 else f"{milliseconds:.0f} ms"


if __name__ == "__main__":
    print(head())
