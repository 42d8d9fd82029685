"""Queries and server's time of the list: do they grow with the number of sheets?"""

from bench.figures import Row, counted, timed
from bench.ministry import SMALL_DIVISION, add_sheets
from bench.people import Answer, Person
from bench.stage import Stage
from evaluations.models import Sheet

PAGES = 60
LIMIT = 70
MOST_QUERIES = 8
MANY = 1_000


def main(stage: Stage) -> list[Row]:
    """Open the list with ten sheets, with all of the ministry's, and with a thousand."""
    few = _open(stage.of_small_division)
    number = Sheet.objects.count()
    usual = _open(stage.reviewer)
    add_sheets(stage.ministry, MANY - number)
    many = _open(stage.reviewer)
    queries = [answers[-1].queries for answers in (few, usual, many)]
    return [
        counted(
            f"List of {SMALL_DIVISION}, {number} and {MANY:,} sheets, queries",
            stage.setting,
            target=f"≤ {MOST_QUERIES}, the same",
            measured=", ".join(map(str, queries)),
            met=len(set(queries)) == 1 and queries[0] <= MOST_QUERIES,
        ),
        *(
            timed(
                f"List of {size:,} sheets, server's time",
                stage.setting,
                limit=LIMIT,
                reference_ms=stage.reference.server_ms,
                milliseconds=[answer.server_ms for answer in answers],
                of="pages",
            )
            for size, answers in ((number, usual), (MANY, many))
        ),
    ]


def _open(person: Person) -> list[Answer]:
    answers = [person.get("/sheets/") for _ in range(PAGES)]
    if any(answer.status != 200 for answer in answers):
        raise RuntimeError("一覧が開けません。")
    return answers
