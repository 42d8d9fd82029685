"""Twenty people save in one sheet, each in an entry of their own: is every text stored?"""

from concurrent.futures import ThreadPoolExecutor

from bench.figures import Row, counted
from bench.people import Person
from bench.record import Saved, lost
from bench.stage import Stage
from evaluations.queries.content import entries_of

ROUNDS = 100


def main(stage: Stage) -> list[Row]:
    """Let twenty people save without pause, and count the acknowledged texts that are stored."""
    sheet = stage.ministry.shared
    entries = list(entries_of(sheet).values())
    with ThreadPoolExecutor(len(stage.officers)) as people:
        written = people.map(
            lambda pair: _write(pair[0], sheet.pk, pair[1].key, pair[1].version),
            zip(stage.officers, entries, strict=False),
        )
        told = [each for one in written for each in one]
    saved = [each for each, _ in told]
    expected = ROUNDS * len(stage.officers)
    kept = len(saved) - len(lost(sheet, saved))
    return [
        counted(
            f"{len(stage.officers)} people, one sheet, an entry each, {ROUNDS} saves without pause",
            stage.setting,
            target=f"{expected:,} acknowledged and kept",
            measured=f"{len(saved):,} acknowledged, {kept:,} kept",
            met=kept == len(saved) == expected,
            milliseconds=[milliseconds for _, milliseconds in told],
        )
    ]


def _write(person: Person, sheet: int, key: str, version: int) -> list[tuple[Saved, float]]:
    """Save a new text each round; return the acknowledged ones, with their milliseconds."""
    told = []
    for number in range(ROUNDS):
        text = f"・{person.username}が第{number}稿を書き、その内容を着実に改めた。"
        answer = person.save(sheet, key, text, version)
        if answer.status == 200:
            version = answer.json["version"]
            told.append((Saved(key, version, text), answer.milliseconds))
    return told
