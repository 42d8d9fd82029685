"""Time and memory of a booklet of 150 sheets, beside WeasyPrint alone, Chromium and Typst.

Each way runs in a process of its own, so that its peak memory can be read.
"""

import io
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from bench.engines.chromium_engine import chromium
from bench.engines.typst_engine import Typst
from bench.figures import Row
from bench.one_sheet import ours
from bench.sheets import document
from bench.stage import NO_DATABASE, Stage
from booklets.paper.binding import Cover, bind_sheets
from evaluations.paper.rendering import SHEET_STYLES, page_html
from printing import renderer
from printing.binder import SourcePdf

SHEETS, ROUNDS = 150, 3
SIZES = (30, 300)  # beside SHEETS, for the memory
WORKERS = 2
COVER = Cover("計測用の冊子", (f"{SHEETS}件",), datetime(2000, 1, 1, tzinfo=UTC))
OF_ONE_DOCUMENT, MOST_BYTES, MOST_GROWTH = 0.6, 2_500_000, 1.25
MEGABYTE = 1_000_000
PROGRAM = "import sys, django; django.setup(); import bench.booklets as b; b.report(*sys.argv[1:])"


@dataclass(frozen=True)
class Run:
    """Wall-clock ``seconds``, and ``memory`` at its peak and ``size`` of the result in bytes.

    ``memory`` leaves out the worker processes.
    """

    seconds: float
    memory: int
    size: int


def main(_stage: Stage) -> list[Row]:
    """Make the booklet each way in turns; then make ours with few and with many sheets."""
    runs: dict[str, list[Run]] = {name: [] for name in WAYS}
    for _ in range(ROUNDS):
        for name in WAYS:
            runs[name].append(_apart(name, SHEETS))
    seconds = {name: median(run.seconds for run in each) for name, each in runs.items()}
    grown = [_apart(COLD, number) for number in SIZES]
    size = max(run.size for run in runs[COLD])
    return [
        *(_row(name, each) for name, each in runs.items()),
        _judged(
            "Booklet of 150, cold: ours ÷ one WeasyPrint document",
            f"≤ {OF_ONE_DOCUMENT} ×",
            f"{seconds[COLD] / seconds[ONE_DOCUMENT]:.2f} ×",
            met=seconds[COLD] <= OF_ONE_DOCUMENT * seconds[ONE_DOCUMENT],
        ),
        _judged(
            "Booklet of 150: size", "≤ 2.5 MB", f"{size / MEGABYTE:.2f} MB", met=size <= MOST_BYTES
        ),
        _judged(
            f"Booklet: peak memory of the binding process, {SIZES[0]} and {SIZES[1]} sheets",
            f"≤ {MOST_GROWTH} ×",
            " and ".join(f"{run.memory / MEGABYTE:.0f} MB" for run in grown),
            met=grown[1].memory <= MOST_GROWTH * grown[0].memory,
        ),
        _judged(
            "Booklet of 150 after one sheet changed: ours ÷ Typst rendering all",
            "< 1 ×",
            f"{seconds[CHANGED] / seconds[TYPST]:.2f} ×",
            met=seconds[CHANGED] < seconds[TYPST],
        ),
    ]


# --- the ways ------------------------------------------------------------------------------------
# Each returns the seconds without the preparation, and the size of its result in bytes.
def cold(number: int) -> tuple[float, int]:
    """Two workers print every sheet; each is bound as soon as it is printed."""
    documents = [document(seed) for seed in range(number)]
    with ThreadPoolExecutor(WORKERS) as printers:
        list(printers.map(ours, documents[: 2 * WORKERS]))  # the workers are warm before
        started = time.perf_counter()
        size = _bound(printers.map(ours, documents))
        return time.perf_counter() - started, size


def changed(number: int) -> tuple[float, int]:
    """One of the stored sheets is printed again, and all are bound."""
    documents = [document(seed) for seed in range(number)]
    with ThreadPoolExecutor(WORKERS) as printers:
        kept = list(printers.map(ours, documents))
    started = time.perf_counter()
    kept[number // 2] = ours(document(number))
    size = _bound(kept)
    return time.perf_counter() - started, size


def one_document(number: int) -> tuple[float, int]:
    """WeasyPrint renders one HTML document that holds all the sheets."""
    documents = [document(seed) for seed in range(number)]
    renderer.warm_up()
    started = time.perf_counter()
    pages = [page_html(each) for each in documents]
    head, _, rest = pages[0].partition("<article")
    bodies = [page.partition("<article")[2].partition("</article>")[0] for page in pages]
    tail = rest.partition("</article>")[2]
    sheets = (f'<div style="break-before: page"><article{body}</article></div>' for body in bodies)
    size = len(renderer.render(head + "".join(sheets) + tail, SHEET_STYLES, COVER.created, {}))
    return time.perf_counter() - started, size


def by_chromium(number: int) -> tuple[float, int]:
    """Chromium prints every sheet in one tab that stays open; nothing is bound."""
    documents = [document(seed) for seed in range(number)]
    with chromium() as browser:
        started = time.perf_counter()
        size = sum(len(browser.pdf_on_kept_page(each)) for each in documents)
        return time.perf_counter() - started, size


def by_typst(number: int) -> tuple[float, int]:
    """Typst compiles every sheet; nothing is bound."""
    documents = [document(seed) for seed in range(number)]
    typst = Typst()
    started = time.perf_counter()
    size = sum(len(typst.pdf(each)) for each in documents)
    return time.perf_counter() - started, size


COLD = "ours, cold, two workers"
CHANGED = "ours, after one sheet changed"
ONE_DOCUMENT = "one WeasyPrint document"
TYPST = "Typst, single PDFs"
WAYS: dict[str, Callable[[int], tuple[float, int]]] = {
    COLD: cold,
    CHANGED: changed,
    ONE_DOCUMENT: one_document,
    "Chromium, single PDFs": by_chromium,
    TYPST: by_typst,
}


def _bound(pdfs: Iterable[bytes]) -> int:
    target = io.BytesIO()
    parts = (SourcePdf(f"見本拠出金（事業{n}）", "見本課", pdf) for n, pdf in enumerate(pdfs))
    bind_sheets(COVER, parts, target)
    return len(target.getvalue())


def _apart(name: str, number: int) -> Run:
    command = [sys.executable, "-c", PROGRAM, name, str(number)]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE)  # noqa: S603
    return Run(**json.loads(answer.stdout))


def report(name: str, number: str) -> None:
    """Run one of the ways in this process, and print its ``Run`` as JSON."""
    seconds, size = WAYS[name](int(number))
    print(json.dumps(asdict(Run(seconds, _peak(), size))))


def _peak() -> int:
    """Return the peak resident memory of this process, in bytes.

    From /proc, since ``getrusage`` counts the memory of the process that forked this one as well.
    """
    [line] = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    return 1024 * int(line)


def _row(name: str, runs: Sequence[Run]) -> Row:
    size, memory = (median(getattr(run, name) for run in runs) for name in ("size", "memory"))
    return Row(
        f"Booklet of {SHEETS}: {name}",
        NO_DATABASE,
        "–",
        f"{size / MEGABYTE:.2f} MB, {memory / MEGABYTE:.0f} MB of memory",
        None,
        [1000 * run.seconds for run in runs],
    )


def _judged(question: str, target: str, measured: str, *, met: bool) -> Row:
    return Row(question, NO_DATABASE, target, measured, met)
