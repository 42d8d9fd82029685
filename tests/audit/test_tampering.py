"""A thousand ways to alter the audit log with full access to the database: all are found."""

import copy
import random
from datetime import UTC, datetime, timedelta

import pytest

from audit.chain import NotedHead, faults_in, unnoted_sequences
from audit.models import AuditEntry
from audit.trail import GENESIS, hash_of

LENGTH = 240
TRIES = 125  # of each kind: a thousand in all
BEGINNING = datetime(2026, 4, 1, 9, tzinfo=UTC)


def fields(number, rng):
    """Return what an entry may say; no two entries say the same."""
    return {
        "at": BEGINNING + timedelta(minutes=number, microseconds=rng.randrange(10**6)),
        "actor_id": rng.choice([None, 1, 2, 3]),
        "actor_name": rng.choice(["担当 花子", "課室 太郎", "システム"]),
        "role": rng.choice(["", "人道課 担当官", "審査担当"]),
        "action": rng.choice(["entry.save", "sheet.submit", "register.change"]),
        "object_type": "evaluations.sheet",
        "object_id": str(rng.randrange(50)),
        "object_label": f"国際機関{rng.randrange(50)}拠出金",
        "before": {"version": number},
        "after": {"version": number + 1, "sha256": f"{rng.randrange(16**64):064x}"},
        "request_id": f"{rng.randrange(16**8):08x}",
    }


def link(entries, start=0):
    """Give ``entries`` from ``start`` on numbers and hashes that fit, as only a whole forgery has.

    Returns them.
    """
    for place in range(start, len(entries)):
        entry = entries[place]
        entry.sequence = place + 1
        entry.previous_hash = entries[place - 1].hash if place else GENESIS
        entry.hash = hash_of(entry)
    return entries


@pytest.fixture(scope="module")
def whole():
    rng = random.Random(1)
    return link([AuditEntry(**fields(number, rng)) for number in range(LENGTH)])


def head_of(entries):
    return NotedHead(entries[-1].sequence, entries[-1].hash, "データベース") if entries else None


def found(entries, head, notes):
    """Tell whether anything is found, as soon as it is."""
    ordered = sorted(entries, key=lambda entry: entry.sequence)
    places = {entry.hash: entry.sequence for entry in ordered}
    fault = next(faults_in(ordered, head, hash_of, places.get, notes), None)
    if fault:
        return fault.message
    missing = unnoted_sequences([e.sequence for e in ordered], {note.sequence for note in notes})
    return f"番号{missing[0]}の控えがない。" if missing else None


# Each takes copies of all entries and returns them altered, with the end that the database is
# made to keep: the hardest a forger can do is to let it fit.
def edit_one_field(entries, rng):
    entry = rng.choice(entries)
    name = rng.choice([f.attname for f in AuditEntry._meta.concrete_fields if f.name != "id"])
    old = getattr(entry, name)
    if name in ("previous_hash", "hash"):
        new = f"{rng.randrange(16**64):064x}"
    elif isinstance(old, str):
        new = rng.choice([old + "。", old[:-1] + "別", "　" + old])
    elif isinstance(old, dict):
        new = rng.choice([{}, old | {"version": -1}, old | {"x": None}])
    elif isinstance(old, datetime):
        new = old + timedelta(microseconds=rng.choice([-1, 1, 10**9]))
    else:
        new = (old or 0) + rng.choice([-1, 1, 1000])
    setattr(entry, name, new)
    return entries, head_of(sorted(entries, key=lambda e: e.sequence))


def edit_and_make_the_hash_fit(entries, rng):
    entry = rng.choice(entries)
    entry.after = {"overall_grade": "A"}
    entry.hash = hash_of(entry)
    return entries, head_of(entries)


def delete_some(entries, rng):
    for _ in range(rng.choice([1, 1, 2, 10])):
        entries.pop(rng.randrange(len(entries)))
    return entries, head_of(entries)


def insert_one(entries, rng):
    place = rng.randrange(len(entries) + 1)
    entries.insert(place, AuditEntry(**fields(999, rng)))
    if rng.random() < 0.5:  # with a hash of its own that fits, and those behind renumbered
        return link(entries, place)[:], head_of(entries)
    entry = entries[place]
    entry.sequence = place + 1
    entry.previous_hash = entries[place - 1].hash if place else GENESIS
    entry.hash = hash_of(entry)
    for later in entries[place + 1 :]:
        later.sequence += 1
    return entries, head_of(entries)


def change_the_order(entries, rng):
    one, other = rng.sample(range(len(entries)), 2)
    if rng.random() < 0.5:
        entries[one].sequence, entries[other].sequence = other + 1, one + 1
    else:
        entries.insert(other, entries.pop(one))
        for place, entry in enumerate(entries):
            entry.sequence = place + 1
    return entries, head_of(sorted(entries, key=lambda e: e.sequence))


def cut_the_tail(entries, rng):
    del entries[rng.randrange(len(entries)) :]
    return entries, head_of(entries)


def add_to_the_tail(entries, rng):
    entries += [AuditEntry(**fields(1000 + n, rng)) for n in range(rng.choice([1, 5]))]
    return link(entries, LENGTH), head_of(entries)


def make_up_the_rest(entries, rng):
    """Alter one entry, or leave it out, and compute every hash from there on again."""
    place = rng.randrange(len(entries))
    if rng.random() < 0.5:
        entries[place].actor_name = "別人"
    else:
        entries.pop(place)
    return link(entries, place), head_of(entries)


WAYS = [
    edit_one_field,
    edit_and_make_the_hash_fit,
    delete_some,
    insert_one,
    change_the_order,
    cut_the_tail,
    add_to_the_tail,
    make_up_the_rest,
]


@pytest.mark.sweep
@pytest.mark.parametrize("way", WAYS)
def test_a_thousand_alterations_are_all_found(whole, way):
    rng = random.Random(way.__name__)
    notes = [NotedHead(entry.sequence, entry.hash, "控え") for entry in whole]
    assert found(whole, head_of(whole), notes) is None
    missed = []
    for number in range(TRIES):
        entries, head = way([copy.copy(entry) for entry in whole], rng)
        if found(entries, head, notes) is None:
            missed.append(number)
    assert missed == []


@pytest.mark.parametrize("way", [add_to_the_tail, make_up_the_rest])
def test_without_a_note_outside_a_whole_forgery_would_pass(whole, way):
    entries, head = way([copy.copy(entry) for entry in whole], random.Random(2))
    assert found(entries, head, []) is None


@pytest.mark.parametrize("noted", [1, LENGTH // 2, LENGTH])
def test_one_note_proves_all_that_was_before_it(whole, noted):
    notes = [NotedHead(noted, whole[noted - 1].hash, "紙の控え")]
    entries = [copy.copy(entry) for entry in whole]
    entries[noted - 1].role = "審査担当でない"
    link(entries, noted - 1)
    assert found(entries, head_of(entries), notes) == (
        f"番号{noted}の記録が、紙の控えに控えたハッシュと違います。"
        "この記録か、これより前の記録が作り直されています。"
    )
