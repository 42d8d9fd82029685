"""How long the checks of the largest sheet take, what they are compared with included."""

from bench.figures import Row, milliseconds_of, timed
from bench.stage import Stage
from evaluations.checks import findings_in
from evaluations.queries.checked_sheets import checked_sheet_of

TIMES = 60
# It reads this year's sheet and last year's: a dozen queries, each a round trip on PostgreSQL.
LIMIT = 60


def main(stage: Stage) -> list[Row]:
    """Read the sheet, with all that the checks compare it with, and run every check."""
    sheet = stage.ministry.largest
    return [
        timed(
            "Checks of the largest sheet, its reading included",
            stage.setting,
            limit=LIMIT,
            reference_ms=stage.reference.server_ms,
            milliseconds=[
                milliseconds_of(lambda: findings_in(checked_sheet_of(sheet))) for _ in range(TIMES)
            ],
            of="times",
        )
    ]
