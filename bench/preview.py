"""How long the print preview of the largest sheet takes, and the count of its pages."""

from concurrent.futures import ThreadPoolExecutor

from bench.figures import Row, timed
from bench.people import Answer
from bench.stage import Stage

PAGES = 60
LIMIT = 40
TOGETHER = 6
ROUNDS = 10
LIMIT_TOGETHER = 1_200


def main(stage: Stage) -> list[Row]:
    """Fetch the preview as the page does; then let six people ask for the number of pages."""
    path = f"/sheets/{stage.ministry.largest.pk}/printed/"
    alone = [stage.officers[0].get(path) for _ in range(PAGES)]
    with ThreadPoolExecutor(TOGETHER) as people:
        together = [
            answer
            for _ in range(ROUNDS)
            for answer in people.map(
                lambda officer: _after_a_pause(stage, officer), range(TOGETHER)
            )
        ]
    if any(answer.status != 200 for answer in (*alone, *together)):
        raise RuntimeError("印刷の姿が開けません。")
    return [
        timed(
            "Printed preview of the largest sheet",
            stage.setting,
            limit=LIMIT,
            reference_ms=stage.reference.ms,
            milliseconds=[answer.milliseconds for answer in alone],
            of="pages",
        ),
        timed(
            f"Laid out and its pages counted, while {TOGETHER - 1} others do the same",
            stage.setting,
            limit=LIMIT_TOGETHER,
            reference_ms=stage.reference.ms,
            milliseconds=[answer.milliseconds for answer in together],
            of="counts",
        ),
    ]


def _after_a_pause(stage: Stage, officer: int) -> Answer:
    return stage.officers[officer].get(f"/sheets/{stage.ministry.largest.pk}/pages/")
