"""Optimistic locking: of twenty saves of one version of an entry, is exactly one accepted?"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from bench.figures import Row, counted
from bench.people import Answer, Person
from bench.stage import Stage
from evaluations.queries.content import entries_of

ROUNDS = 20


def main(stage: Stage) -> list[Row]:
    """Let twenty people save at the same moment, round after round."""
    sheet = stage.ministry.shared
    key = sheet.edition.definition.text_items[-1].key
    people = len(stage.officers)
    statuses: Counter[int] = Counter()
    rounds_with_one = 0
    times: list[float] = []
    for number in range(ROUNDS):
        version = entries_of(sheet)[key].version
        answers = _all_at_once(stage.officers, sheet.pk, key, version, number)
        accepted = sum(answer.status == 200 for answer in answers)
        stored = entries_of(sheet)[key].version
        rounds_with_one += accepted == 1 and stored == version + 1
        statuses.update(answer.status for answer in answers)
        times += [answer.milliseconds for answer in answers]
    conflicts = (people - 1) * ROUNDS
    other = statuses.total() - statuses[200] - statuses[409]
    return [
        counted(
            f"{people} people, the same entry and version at once, {ROUNDS} rounds",
            stage.setting,
            target=f"{ROUNDS} accepted, {conflicts} conflicts, one accepted in every round",
            measured=f"{statuses[200]} accepted, {statuses[409]} conflicts, {other} other answers",
            met=rounds_with_one == ROUNDS and statuses[409] == conflicts,
            milliseconds=times,
        )
    ]


def _all_at_once(
    people: list[Person], sheet: int, key: str, version: int, number: int
) -> list[Answer]:
    together = Barrier(len(people))

    def save(person: Person) -> Answer:
        text = f"・第{number}回の{person.username}の案として、成果を着実に記す。"
        together.wait()
        return person.save(sheet, key, text, version)

    with ThreadPoolExecutor(len(people)) as everybody:
        return list(everybody.map(save, people))
