"""Server's time and queries of the pages on which an officer writes, in the largest sheet."""

from bench.figures import Row, counted, timed
from bench.stage import Stage

ROUNDS = 40
LIMIT = 60
MOST_QUERIES = 20


def main(stage: Stage) -> list[Row]:
    """Open every section of the sheet; the slowest of them counts."""
    sheet, person = stage.ministry.largest, stage.officers[0]
    times: dict[str, list[float]] = {}
    queries = 0
    for _ in range(ROUNDS):
        for section in sheet.edition.definition.sections:
            answer = person.get(f"/sheets/{sheet.pk}/sections/{section.key}/")
            if answer.status != 200:
                raise RuntimeError(f"{section.key} が開けません（{answer.status}）。")
            times.setdefault(section.key, []).append(answer.server_ms)
            queries = max(queries, answer.queries)
    return [
        counted(
            "Editing page of the largest sheet, queries",
            stage.setting,
            target=f"≤ {MOST_QUERIES}",
            measured=f"{queries}",
            met=queries <= MOST_QUERIES,
        ),
        timed(
            "Editing page of the largest sheet, its dearest section, server's time",
            stage.setting,
            limit=LIMIT,
            reference_ms=stage.reference.server_ms,
            milliseconds=max(times.values(), key=sum),
            of="pages",
            percent=50,
        ),
    ]
