"""Writing: every save is kept or explained, and no text is ever lost on the way."""

import pytest

from audit.models import AuditEntry
from audit.trail import Verification, verify
from core.refusals import Invalid, NotAllowed
from evaluations.domain.entries import save_entry
from evaluations.enums import State
from evaluations.models import Authorship, PdcaEntry, Sheet
from evaluations.queries.content import entries_of
from evaluations.refusals import EntryConflict
from tests.evaluations.entries.conftest import REASONS, WORDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]


def test_a_text_is_kept_with_who_wrote_it_and_counted(ministry, officer, plan):
    entry = save_entry(ministry.sheet, "plan", "・新しい計画。", version=1, actor=officer)
    assert (entry.text, entry.version, entry.updated_by) == ("・新しい計画。", 2, officer)
    assert plan() == ("・新しい計画。", 2)
    assert [a.user for a in Authorship.objects.filter(sheet=ministry.sheet)] == [officer]
    assert Sheet.objects.get(pk=ministry.sheet.pk).version == 1


def test_what_is_on_record_is_how_long_a_text_is_and_not_its_words(ministry, officer, plan):
    before = AuditEntry.objects.count()
    save_entry(ministry.sheet, "plan", "・内密の計画。", version=1, actor=officer)
    assert AuditEntry.objects.count() == before + 1
    entry = AuditEntry.objects.first()
    assert (entry.action, entry.actor, entry.role) == (
        "entry.save",
        officer,
        "人の安全協力室 担当官",
    )
    for told, version, length in ((entry.before, 1, len(WORDS)), (entry.after, 2, 7)):
        digest = told.pop("sha256")
        assert (told, len(digest)) == ({"key": "plan", "version": version, "length": length}, 64)
    assert "内密" not in str((entry.before, entry.after))
    assert verify() == Verification(before + 1)


@pytest.mark.parametrize("same", [WORDS, WORDS + "\r\n", f"\n{WORDS}  "])
@pytest.mark.parametrize("version", [0, 1, 999])
def test_the_same_text_again_is_no_change(ministry, officer, plan, same, version):
    before = AuditEntry.objects.count()
    entry = save_entry(ministry.sheet, "plan", same, version=version, actor=officer)
    assert (entry.text, entry.version) == (WORDS, 1)
    assert (plan(), AuditEntry.objects.count()) == ((WORDS, 1), before)


def test_a_text_can_be_emptied(ministry, officer, plan):
    save_entry(ministry.sheet, "plan", "　\n", version=1, actor=officer)
    assert plan() == ("", 2)


@pytest.mark.parametrize("version", [0, 2, -1, 10**30])
def test_whoever_writes_on_an_old_version_gets_both_texts(ministry, officer, plan, version):
    with pytest.raises(EntryConflict) as conflict:
        save_entry(ministry.sheet, "plan", "・私の計画。", version=version, actor=officer)
    assert (conflict.value.current.text, conflict.value.current.version) == (WORDS, 1)
    assert (conflict.value.status, plan()) == (409, (WORDS, 1))


def test_a_conflict_names_who_was_first(ministry, officer, plan):
    colleague = ministry.people["other_officer"]
    PdcaEntry.objects.filter(sheet=ministry.sheet, key="plan").update(updated_by=colleague)
    with pytest.raises(EntryConflict) as conflict:
        save_entry(ministry.sheet, "plan", "・私の計画。", version=0, actor=officer)
    assert conflict.value.message == (
        "この項目は、編集中に環境 三郎さんが保存しました。二つの文章を見比べて、"
        "残す文章を保存してください。あなたの文章は失われていません。"
    )


def test_two_people_in_two_entries_never_meet(ministry, officer):
    sheet = ministry.sheet
    keys = [item.key for item in sheet.edition.definition.text_items]
    for key in keys:
        save_entry(sheet, key, f"・{key}", version=1, actor=officer)
    assert {key: entry.text for key, entry in entries_of(sheet).items()} == {
        key: f"・{key}" for key in keys
    }


@pytest.mark.parametrize("state", State)
def test_a_sheet_is_written_while_it_is_with_its_division(ministry, officer, plan, state):
    ministry.put(state)
    if state not in REASONS:
        save_entry(ministry.sheet, "plan", "・計画。", version=1, actor=officer)
        assert plan() == ("・計画。", 2)
        return
    with pytest.raises(NotAllowed) as refusal:
        save_entry(ministry.sheet, "plan", "・計画。", version=1, actor=officer)
    assert (refusal.value.message, plan()) == (REASONS[state], (WORDS, 1))


@pytest.mark.parametrize(
    "role",
    ["head", "other_officer", "other_head", "reviewer", "coordinator", "viewer", "superuser"],
)
def test_only_its_officers_write_it(ministry, plan, role):
    with pytest.raises(NotAllowed, match=r"^編集は人の安全協力室の担当官が行います。$"):
        save_entry(ministry.sheet, "plan", "・計", version=1, actor=ministry.people[role])
    assert plan() == (WORDS, 1)


def test_an_officer_whose_time_is_over_no_longer_writes(ministry, officer, plan):
    officer.memberships.update(valid_until="2020-03-31")
    with pytest.raises(NotAllowed):
        save_entry(ministry.sheet, "plan", "・計画。", version=1, actor=officer)
    assert plan() == (WORDS, 1)


@pytest.mark.parametrize("key", ["nai", "staffing", "overall_grade", "pdca", "", "plan "])
def test_a_place_that_the_form_does_not_have_is_refused(ministry, officer, key):
    with pytest.raises(Invalid) as refusal:
        save_entry(ministry.sheet, key, "x", version=0, actor=officer)
    assert refusal.value.message == (
        f"この様式に「{key}」という記入欄はありません。画面を開き直してください。"
    )
