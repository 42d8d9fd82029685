"""How long the largest sheet takes to be checked."""

from time import perf_counter

from bench.figures import Row, timed
from bench.stage import Stage
from evaluations.checks import findings_in
from evaluations.queries.checked_sheets import checked_sheet_of

TIMES = 60
LIMIT = 200


def main(stage: Stage) -> list[Row]:
    """Read the sheet with all that stands around it and apply every rule, in this process."""
    times = []
    for _ in range(TIMES):
        start = perf_counter()
        findings_in(checked_sheet_of(stage.ministry.largest))
        times.append(1000 * (perf_counter() - start))
    return [
        timed(
            "Checks of the largest sheet, its reading included",
            stage.setting,
            limit=LIMIT,
            reference_ms=stage.reference.server_ms,
            milliseconds=times,
            of="times",
        )
    ]
