"""The table: a row for each figure, with its target and whether it is met."""

import os
import platform
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

HEAD = """\
| question | on | target | measured | median | p95 | ÷ reference | |
|---|---|---|---|--:|--:|--:|---|"""


@dataclass(frozen=True)
class Row:
    """One figure. ``milliseconds``: every single time, where the question is one of time.

    ``ratio``: how many times the reference it takes, which is what a target of time is set for.
    ``met`` None: there is no target, the figure is there to be compared.
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
    """Return the row of a number that has to be right; the times are told beside it."""
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
    """Return the row of a time: ``percent`` in 100 must take at most ``limit`` × the reference.

    50 is the median. Without a limit the ratio is only told.
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
