"""How long an autosave takes in the largest sheet: alone, and while five others write in it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from bench.figures import Row, timed
from bench.people import Person
from bench.stage import Stage, texts_by_length
from evaluations.models import Entry, Sheet
from evaluations.queries.content import entries_of

SAVES = 300
LIMIT = 50
OTHERS = 5
# A page never saves sooner than this after the last keystroke.
PAUSE_SECONDS = 1.2


def main(stage: Stage) -> list[Row]:
    """Save the longest text again and again, changed a little each time."""
    sheet = stage.ministry.largest
    characters = sum(len(entry.text) for entry in entries_of(sheet).values())
    question = f"Autosave in a sheet of {characters:,} characters"
    rows = [_measure(stage, sheet, f"{question}, alone", LIMIT)]
    stop = Event()
    with ThreadPoolExecutor(OTHERS) as people:
        others = [
            people.submit(_write_on, person, sheet.pk, _entry(sheet, place), stop)
            for place, person in enumerate(stage.officers[1 : OTHERS + 1], 1)
        ]
        try:
            busy = f"{question}, {OTHERS} others writing in it"
            rows.append(_measure(stage, sheet, busy, None))
        finally:
            stop.set()
        for each in others:
            each.result()
    return rows


def _measure(stage: Stage, sheet: Sheet, question: str, limit: float | None) -> Row:
    entry = _entry(sheet, 0)
    version, times = entry.version, []
    for number in range(SAVES):
        text = f"{entry.text}\n・第{number}回の追記として、成果を確認した。"
        answer = stage.officers[0].save(sheet.pk, entry.key, text, version)
        if answer.status != 200:
            raise RuntimeError(f"{entry.key} が保存できません（{answer.status}）。")
        version = answer.json["version"]
        times.append(answer.milliseconds)
    return timed(
        question,
        stage.setting,
        limit=limit,
        reference_ms=stage.reference.ms,
        milliseconds=times,
        of="saves",
    )


def _write_on(person: Person, sheet: int, entry: Entry, stop: Event) -> None:
    """Save as often as a page ever does, until told to stop."""
    version, number = entry.version, 0
    while not stop.wait(PAUSE_SECONDS):
        number += 1
        text = f"{entry.text}\n・{person.username}の第{number}回の追記である。"
        answer = person.save(sheet, entry.key, text, version)
        if answer.status != 200:
            raise RuntimeError(f"{entry.key} が保存できません（{answer.status}）。")
        version = answer.json["version"]


def _entry(sheet: Sheet, place: int) -> Entry:
    """Return an entry by the limit of its text: ``place`` 0 has the highest."""
    return entries_of(sheet)[texts_by_length(sheet)[place].key]
