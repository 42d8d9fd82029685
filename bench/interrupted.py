"""Durability: a thousand autosaves with two crashes. Is an acknowledged text ever lost?"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from bench.figures import Row, counted
from bench.people import Person
from bench.record import Saved, lost
from bench.stage import Stage
from evaluations.queries.content import entries_of

WRITERS = 5
SAVES = 1_000
INTERRUPTIONS = 2
PAUSE_SECONDS = 0.1
# In a row, about a minute: the server is not coming back.
UNANSWERED_AT_MOST = 600


def interrupted(stage: Stage, question: str, interrupt: Callable[[], None]) -> list[Row]:
    """Let five people save; call ``interrupt`` after a third and after two thirds of the saves."""
    sheet = stage.ministry.shared
    entries = list(entries_of(sheet).values())[-WRITERS:]
    saved: list[Saved] = []
    stop = Event()
    with ThreadPoolExecutor(WRITERS) as people:
        writing = [
            people.submit(_write, person, sheet.pk, entry.key, entry.version, saved, stop)
            for person, entry in zip(stage.officers, entries, strict=False)
        ]
        try:
            for share in range(1, INTERRUPTIONS + 1):
                while len(saved) < SAVES * share // (INTERRUPTIONS + 1) and not stop.is_set():
                    time.sleep(0.005)
                interrupt()
        except BaseException:
            stop.set()
            raise
        unanswered = sum(each.result() for each in writing)
    missing = len(lost(sheet, saved))
    return [
        counted(
            question,
            stage.setting,
            target="0 acknowledged texts lost",
            measured=f"{missing} of {len(saved):,} lost ({unanswered} requests unanswered)",
            met=not missing and len(saved) == SAVES,
        )
    ]


def _write(
    person: Person, sheet: int, key: str, version: int, saved: list[Saved], stop: Event
) -> int:
    """Save until this person's share is acknowledged; return how many requests were unanswered.

    As the page does, send the texts that were not answered along with the next one. Any other
    refusal, and a server that stays away, is a fault, and stops everybody.
    """
    unheard: list[str] = []
    unanswered = number = acknowledged = 0
    while acknowledged < SAVES // WRITERS and not stop.is_set():
        number += 1
        text = f"・{person.username}が第{number}稿として、{key}の記載を着実に改めた。"
        answer = person.save(sheet, key, text, version, unheard)
        if answer.status == 200:
            version = answer.json["version"]
            saved.append(Saved(key, version, text))
            acknowledged += 1
            unheard.clear()
        elif answer.status == 0 or answer.status >= 500:
            unheard.append(text)
            unanswered += 1
            if len(unheard) > UNANSWERED_AT_MOST:
                stop.set()
                raise RuntimeError("サーバーが応答しなくなりました。")
            time.sleep(PAUSE_SECONDS)
        else:
            stop.set()
            raise RuntimeError(f"{key} が保存できません（{answer.status}）。{answer.json}")
    return unanswered
