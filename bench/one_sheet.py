"""How long the PDF of one sheet takes, beside Chromium, Typst and LibreOffice."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median

from bench.engines.chromium_engine import chromium
from bench.engines.libreoffice_engine import convert
from bench.engines.typst_engine import Typst
from bench.figures import Row
from bench.sheets import document
from bench.stage import NO_DATABASE, Stage
from evaluations.paper.document import PrintDocument
from evaluations.paper.rendering import render_pdf

SHEETS, WARMING_UP = 20, 2
BATCHES = 3
OF_CHROMIUM, OF_LIBREOFFICE = 0.6, 1.5
Way = Callable[[PrintDocument], bytes]


def main(_stage: Stage) -> list[Row]:
    """Print twenty sheets each way, in turns; LibreOffice converts all of them in one run."""
    documents = [document(seed) for seed in range(SHEETS + WARMING_UP)]
    typst = Typst()
    with chromium() as browser:
        ways: dict[str, Way] = {
            "ours": ours,
            "Chromium": browser.pdf,
            "Chromium, the same page again": browser.pdf_on_kept_page,
            "Typst": typst.pdf,
        }
        times, sizes = _in_turns(documents, ways)
    times["LibreOffice, 20 in one start"], sizes["LibreOffice, 20 in one start"] = _in_batches(
        documents[WARMING_UP:]
    )
    middle = {way: median(each) for way, each in times.items()}
    rows = [
        Row(
            f"One sheet of three pages, warm: {way}",
            NO_DATABASE,
            "–",
            f"{len(each)} sheets, {median(sizes[way]) / 1000:.0f} KB",
            None,
            each,
        )
        for way, each in times.items()
    ]
    limits = {"Chromium": OF_CHROMIUM, "LibreOffice, 20 in one start": OF_LIBREOFFICE}
    return [*rows, *(_against(way, limit, middle) for way, limit in limits.items())]


def ours(document: PrintDocument) -> bytes:
    """Return the official PDF: tagged, PDF/A-3 and PDF/UA."""
    return render_pdf(document, created=datetime(2000, 1, 1, tzinfo=UTC))


def _in_turns(
    documents: list[PrintDocument], ways: dict[str, Way]
) -> tuple[dict[str, list[float]], dict[str, list[int]]]:
    times: dict[str, list[float]] = {way: [] for way in ways}
    sizes: dict[str, list[int]] = {way: [] for way in ways}
    for number, each in enumerate(documents):
        for way, pdf_of in ways.items():
            started = time.perf_counter()
            pdf = pdf_of(each)
            if number >= WARMING_UP:
                times[way].append(1000 * (time.perf_counter() - started))
                sizes[way].append(len(pdf))
    return times, sizes


def _in_batches(documents: list[PrintDocument]) -> tuple[list[float], list[int]]:
    """Return the milliseconds per sheet, one number for each batch, and the sizes of the PDFs."""
    times, sizes = [], []
    for _ in range(BATCHES):
        seconds, pdfs = convert(documents)
        times.append(1000 * seconds / len(pdfs))
        sizes += [len(pdf) for pdf in pdfs]
    return times, sizes


def _against(way: str, limit: float, middle: dict[str, float]) -> Row:
    ratio = middle["ours"] / middle[way]
    return Row(
        f"One sheet, warm: ours ÷ {way}",
        NO_DATABASE,
        f"median ≤ {limit} ×",
        f"{ratio:.2f} ×",
        ratio <= limit,
    )
