"""The record can be read and not altered; what is altered past us is found, at its place."""

import pytest
import structlog
from django.db import connection, models, transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Division
from audit import trail
from audit.models import AuditEntry, AuditHead
from audit.trail import Verification, hash_of, verify
from core.append_only import AppendOnlyError
from tests.audit.tampering import change_and_fail, rows, triggers_off
from tests.factories import DivisionFactory, UserFactory, make_person

pytestmark = pytest.mark.django_db

LENGTH = 5
REWRITTEN = "番号{}の記録の内容が書き換えられています。"
UNCHAINED = "番号{}の記録が直前の記録とつながっていません。"
REPLACED_BEFORE = UNCHAINED + "直前にあった記録が、削除されたか差し替えられています。"
MISSING = "番号{}の記録がありません。削除されています。"
CUT = f"番号{LENGTH}まであった記録が、番号{{}}で終わっています。末尾が切り取られています。"
ADDED = "番号{}で終わるはずの記録が、番号{}まであります。末尾に書き足されています。"
REPLACED = "番号{}の記録が、控えた末尾と違います。差し替えられています。"
HEAD_LOST = "データベースに控えた末尾が失われています。"


def told():
    """Return what the verification tells, in its order."""
    return [fault.message for fault in verify().faults]


@pytest.fixture
def chain():
    """Five entries of a person's."""
    person = make_person(Role.COORDINATOR, display_name="取纏 良子")
    division = DivisionFactory(name="人道支援室")
    for number in range(LENGTH):
        trail.record(
            "register.change",
            division,
            actor=person,
            before={"name": f"前{number}"},
            after={"name": f"後{number}"},
        )
    assert verify() == Verification(LENGTH)
    return AuditEntry.objects.order_by("sequence")


@pytest.fixture
def past_us(chain):
    """The chain, open to somebody with the database's password."""
    with triggers_off():
        yield chain


def test_an_empty_record_is_whole():
    assert verify() == Verification(0)


def test_an_entry_says_who_what_when_and_in_which_role(chain):
    last = chain.last()
    expected = {
        "sequence": LENGTH,
        "actor_name": "取纏 良子",
        "role": "取りまとめ",
        "action": "register.change",
        "object_type": "accounts.division",
        "object_id": str(Division.objects.get().pk),
        "object_label": "人道支援室",
        "before": {"name": "前4"},
        "after": {"name": "後4"},
    }
    assert {name: getattr(last, name) for name in expected} == expected
    assert abs((timezone.now() - last.at).total_seconds()) < 60
    assert (last.actor.display_name, str(last)) == ("取纏 良子", "#5 register.change")


def test_a_command_acts_as_the_system():
    entry = trail.record("edition.load", DivisionFactory(), actor=None)
    assert (entry.actor, entry.actor_name, entry.role) == (None, "システム", "")


def test_what_is_too_long_for_the_record_is_cut_and_still_proven():
    entry = trail.record("register.add", DivisionFactory(), actor=None)
    with structlog.contextvars.bound_contextvars(request_id="x" * 5000):
        long = trail.record("register.add", DivisionFactory(), actor=None)
    assert (entry.request_id, long.request_id) == ("", "x" * 60)
    assert verify() == Verification(2)


# --- every field, at every place -------------------------------------------------------------
EDITS = {
    "at": timezone.now(),
    "actor": None,
    "actor_name": "別人",
    "role": "審査担当",
    "action": "sheet.approve",
    "object_type": "evaluations.sheet",
    "object_id": "999",
    "object_label": "別の対象",
    "before": {"name": "嘘"},
    "after": {},
    "request_id": "forged",
    "hash": "f" * 64,
}


def test_the_edits_tried_are_all_fields_there_are():
    fields = {field.name for field in AuditEntry._meta.concrete_fields}
    assert fields - {"id", "sequence", "previous_hash"} == set(EDITS)


@pytest.mark.parametrize("place", [1, 3, LENGTH])
@pytest.mark.parametrize("field", EDITS)
def test_an_edited_entry_is_found(past_us, place, field):
    rows().filter(sequence=place).update(**{field: EDITS[field]})
    found = [REWRITTEN.format(place)]
    if field == "hash" and place < LENGTH:
        found.append(REPLACED_BEFORE.format(place + 1))
    elif field == "hash":
        found.append(REPLACED.format(place))
    assert told() == found


@pytest.mark.parametrize("place", [1, 3, LENGTH])
def test_an_entry_hung_on_another_is_found(past_us, place):
    rows().filter(sequence=place).update(previous_hash="f" * 64)
    assert told() == [REPLACED_BEFORE.format(place), REWRITTEN.format(place)]


@pytest.mark.parametrize(
    ("place", "found"),
    [
        (1, REPLACED_BEFORE.format(2)),
        (3, REPLACED_BEFORE.format(4)),
        (LENGTH, REPLACED.format(LENGTH)),
    ],
)
def test_an_edit_with_a_hash_made_to_fit_is_found_at_the_link(past_us, place, found):
    entry = AuditEntry.objects.get(sequence=place)
    entry.after = {"name": "嘘"}
    rows().filter(sequence=place).update(after=entry.after, hash=hash_of(entry))
    assert told() == [found]


@pytest.mark.parametrize("place", [1, 3, LENGTH - 1])
def test_a_deleted_entry_is_missed(past_us, place):
    rows().filter(sequence=place)._raw_delete("default")
    assert told() == [MISSING.format(place)]


def test_several_deleted_entries_are_missed_at_once(past_us):
    rows().filter(sequence__in=[2, 3, 4])._raw_delete("default")
    assert told() == ["番号2から番号4までの記録がありません。削除されています。"]


@pytest.mark.parametrize("kept", range(LENGTH))
def test_a_cut_tail_is_missed_wherever_it_was_cut(past_us, kept):
    rows().filter(sequence__gt=kept)._raw_delete("default")
    assert told() == [CUT.format(kept)]


def test_two_entries_that_changed_places_are_found(past_us):
    rows().filter(sequence=2).update(sequence=99)
    rows().filter(sequence=3).update(sequence=2)
    rows().filter(sequence=99).update(sequence=3)
    assert told() == [
        UNCHAINED.format(2) + "番号3の記録の次にあったものです。順序が入れ替えられています。",
        REWRITTEN.format(2),
        UNCHAINED.format(3) + "番号1の記録の次にあったものです。順序が入れ替えられています。",
        REWRITTEN.format(3),
        UNCHAINED.format(4) + "番号2の記録の次にあったものです。順序が入れ替えられています。",
    ]


def test_a_gap_closed_by_renumbering_is_found(past_us):
    rows().filter(sequence=2)._raw_delete("default")
    for sequence in (3, 4, 5):
        rows().filter(sequence=sequence).update(sequence=sequence - 1)
    AuditHead.objects.update(sequence=LENGTH - 1)
    assert told() == [REPLACED_BEFORE.format(2), *(REWRITTEN.format(n) for n in (2, 3, 4))]


def _forged(sequence, previous_hash):
    entry = AuditEntry(
        sequence=sequence,
        at=timezone.now(),
        actor_name="取纏 良子",
        action="sheet.approve",
        object_type="evaluations.sheet",
        object_id="1",
        object_label="偽の確定",
        previous_hash=previous_hash,
    )
    entry.hash = hash_of(entry)
    return entry


@pytest.mark.parametrize("place", [1, 3, LENGTH])
def test_an_entry_slipped_in_between_is_named(past_us, place):
    for sequence in range(LENGTH, place - 1, -1):
        rows().filter(sequence=sequence).update(sequence=sequence + 1)
    before = AuditEntry.objects.filter(sequence=place - 1).first()
    _forged(place, before.hash if before else trail.GENESIS).save(force_insert=True)
    AuditHead.objects.update(sequence=LENGTH + 1)
    slipped_in = f"番号{place}の記録は、後から差し込まれたものです。"
    assert told() == [
        UNCHAINED.format(place + 1) + slipped_in,
        *(REWRITTEN.format(number) for number in range(place + 1, LENGTH + 2)),
    ]


def test_an_entry_added_past_us_is_found(past_us):
    _forged(LENGTH + 1, past_us.last().hash).save(force_insert=True)
    assert told() == [ADDED.format(LENGTH, LENGTH + 1)]


def test_a_whole_record_made_up_past_us_is_found():
    _forged(1, trail.GENESIS).save(force_insert=True)
    assert told() == [HEAD_LOST]


# fmt: off
HEADS = [
    ({"sequence": LENGTH + 1}, [f"番号{LENGTH + 1}まであった記録が、番号{LENGTH}で終わっています。"
                                "末尾が切り取られています。"]),
    ({"sequence": LENGTH - 1}, [REPLACED.format(LENGTH - 1), ADDED.format(LENGTH - 1, LENGTH)]),
    ({"sequence": 0},          [REPLACED.format(0), ADDED.format(0, LENGTH)]),
    ({"hash": "f" * 64},       [REPLACED.format(LENGTH)]),
]
# fmt: on


@pytest.mark.parametrize(("change", "found"), HEADS)
def test_an_altered_note_of_the_end_is_found(chain, change, found):
    AuditHead.objects.update(**change)
    assert told() == found


def test_a_lost_note_of_the_end_is_found(chain):
    AuditHead.objects.all().delete()
    assert told() == [HEAD_LOST]


def test_every_one_of_several_faults_is_named(past_us):
    rows().filter(sequence__in=[2, 4]).update(action="sheet.approve")
    assert told() == [REWRITTEN.format(2), REWRITTEN.format(4)]


# --- our own code cannot do it ---------------------------------------------------------------
ATTEMPTS = {
    "save": lambda entry: entry.save(),
    "save a field": lambda entry: entry.save(update_fields=["action"]),
    "delete": lambda entry: entry.delete(),
    "update all": lambda entry: AuditEntry.objects.update(action="x"),
    "update some": lambda entry: AuditEntry.objects.filter(pk=entry.pk).update(action="x"),
    "update many": lambda entry: AuditEntry.objects.bulk_update([entry], ["action"]),
    "update or create": lambda entry: AuditEntry.objects.update_or_create(
        pk=entry.pk, defaults={"action": "x"}
    ),
    "delete all": lambda entry: AuditEntry.objects.all().delete(),
    "delete some": lambda entry: AuditEntry.objects.filter(pk=entry.pk).delete(),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_record_only_grows(chain, attempt):
    entry = chain.first()
    entry.action = "sheet.approve"
    with (
        transaction.atomic(),
        pytest.raises(AppendOnlyError, match=r"^監査記録は(変更|削除)できません。$"),
    ):
        ATTEMPTS[attempt](entry)
    assert verify() == Verification(LENGTH)


def test_a_person_in_the_record_cannot_be_deleted(chain):
    person = chain.first().actor
    person.memberships.all().delete()
    with pytest.raises(models.ProtectedError):
        person.delete()


@pytest.mark.django_db(transaction=True)
def test_a_record_without_the_change_it_records_is_refused():
    division = DivisionFactory()
    with pytest.raises(RuntimeError, match="inside the transaction"):
        trail.record("register.add", division, actor=None)
    assert verify() == Verification(0)


@pytest.mark.django_db(transaction=True)
def test_a_change_that_fails_leaves_no_record():
    change_and_fail(DivisionFactory())
    assert verify() == Verification(0)
    assert not connection.in_atomic_block


def test_the_hash_of_an_entry_covers_the_person_not_only_the_name(past_us):
    rows().filter(sequence=2).update(actor=UserFactory(display_name="取纏 良子"))
    assert told() == [REWRITTEN.format(2)]
