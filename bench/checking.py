"""How long the checks of the largest sheet take, and of one with a single repeated pattern."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from time import perf_counter

from bench.figures import Row, timed
from bench.stage import Stage, texts_by_length
from evaluations.checks import CheckedSheet, findings_in
from evaluations.queries.checked_sheets import checked_sheet_of

TIMES = 60
LIMIT, LIMIT_ODD = 30, 600
# Repeated, these cause the most backtracking in the regular expressions of the rules.
ODD = ("計3名、", "（3名）", "3名（うち2名）", "参照シート", "「あ", "2018年3月から")
CHARACTERS = 12_000


def main(stage: Stage) -> list[Row]:
    """Read the sheet, with all that the checks compare it with, and run every check."""
    sheet = stage.ministry.largest
    checked, item = checked_sheet_of(sheet), texts_by_length(sheet)[0].key
    odd_sheets = [_with_text(checked, item, (odd * CHARACTERS)[:CHARACTERS]) for odd in ODD]
    return [
        timed(
            "Checks of the largest sheet, its reading included",
            stage.setting,
            limit=LIMIT,
            reference_ms=stage.reference.server_ms,
            milliseconds=[_ms(lambda: findings_in(checked_sheet_of(sheet))) for _ in range(TIMES)],
            of="times",
        ),
        timed(
            f"Checks with a text of {CHARACTERS:,} characters, one pattern throughout",
            stage.setting,
            limit=LIMIT_ODD,
            reference_ms=stage.reference.server_ms,
            milliseconds=[_ms(partial(findings_in, each)) for each in odd_sheets],
            of="patterns",
        ),
    ]


def _ms(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return 1000 * (perf_counter() - start)


def _with_text(checked: CheckedSheet, item: str, text: str) -> CheckedSheet:
    texts = {**checked.content.texts, item: text}
    return replace(checked, content=replace(checked.content, texts=texts))
