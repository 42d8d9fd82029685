"""How long the printed page of the largest sheet takes to stand beside the form."""

from bench.figures import Row, timed
from bench.stage import Stage

PAGES = 60
LIMIT_MS = 200


def main(stage: Stage) -> list[Row]:
    """Fetch the printed page as the pane does."""
    path = f"/sheets/{stage.ministry.largest.pk}/printed/"
    answers = [stage.officers[0].get(path) for _ in range(PAGES)]
    if any(answer.status != 200 for answer in answers):
        raise RuntimeError("印刷の姿が開けません。")
    return [
        timed(
            "Printed preview of the largest sheet",
            stage.setting,
            limit_ms=LIMIT_MS,
            milliseconds=[answer.milliseconds for answer in answers],
            of="pages",
        )
    ]
