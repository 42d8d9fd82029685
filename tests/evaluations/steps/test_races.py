"""Many at once: the second person is told, and nothing is lost, doubled or half done.

Real threads, each on a connection of its own, let go at the same moment.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Division
from audit import trail
from audit.models import AuditEntry
from audit.records import save_record
from audit.trail import Verification, verify
from contributions.models import YearlyAmount
from core.refusals import Stale
from evaluations.domain.comments import add_remark
from evaluations.domain.cycles import add_missing_sheets, open_cycle
from evaluations.domain.entries import save_entry
from evaluations.domain.figures import mark_of, save_figures
from evaluations.domain.grading import grade_sheet
from evaluations.domain.presence import be_present, forget_absent
from evaluations.domain.suggestions import take_in
from evaluations.enums import CommentKind, State
from evaluations.models import (
    Authorship,
    Cycle,
    IssuedPdf,
    PdcaEntry,
    Presence,
    Revision,
    Sheet,
    SuggestionDecision,
    Transition,
)
from evaluations.queries.content import entries_of
from evaluations.queries.search import find_sheets
from evaluations.refusals import EntryConflict
from evaluations.workflow import perform
from tests.evaluations.review import comment, wording
from tests.factories import ContributionFactory, UserFactory, h30, make_person, open_year
from tests.threads import at_once, kinds, pause_first_call

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fake_pdf")]


def chain_is_whole():
    return verify() == Verification(AuditEntry.objects.count())


def test_of_twenty_who_save_the_same_entry_one_is_first_and_nineteen_are_told(ministry):
    sheet, officer = ministry.sheet, ministry.people["officer"]
    before = AuditEntry.objects.count()
    for turn in range(3):
        version = PdcaEntry.objects.get(sheet=sheet, key="plan").version

        def save(place, turn=turn, version=version):
            text = f"・第{turn}回の{place}番。"
            return save_entry(sheet, "plan", text, version=version, actor=officer)

        outcomes = at_once(20, save)
        assert kinds(outcomes) == {"PdcaEntry": 1, "EntryConflict": 19}
        stored = PdcaEntry.objects.get(sheet=sheet, key="plan")
        winner = next(o for o in outcomes if isinstance(o, PdcaEntry))
        assert (stored.text, stored.version) == (winner.text, version + 1)
        told = {o.current.text for o in outcomes if isinstance(o, EntryConflict)}
        assert told == {winner.text}
    assert AuditEntry.objects.count() == before + 3
    assert chain_is_whole()


def test_ten_people_in_ten_entries_of_one_sheet_lose_nothing(ministry):
    sheet = ministry.sheet
    keys = [item.key for item in sheet.edition.definition.text_items]
    people = [
        make_person(Role.OFFICER, sheet.division, display_name=f"執筆 {n}号") for n in range(10)
    ]
    assert len(keys) == 10

    def write(place):
        for turn in range(5):
            text = f"・{keys[place]}の第{turn}稿。"
            save_entry(sheet, keys[place], text, version=1 + turn, actor=people[place])
        return True

    assert at_once(10, write) == [True] * 10
    assert {key: (e.text, e.version) for key, e in entries_of(sheet).items()} == {
        key: (f"・{key}の第4稿。", 6) for key in keys
    }
    last = " ".join(f"{key}の第4稿" for key in keys)
    assert list(find_sheets(Sheet.objects.all(), last)) == [sheet]
    assert Authorship.objects.filter(sheet=sheet).count() == 10
    assert chain_is_whole()


def test_many_heartbeats_at_once_leave_one_row_for_each_tab(ministry):
    """Some of one tab, some of others, while ``daily`` clears away the rows of yesterday."""
    sheet, officer = ministry.sheet, ministry.people["officer"]
    long_ago = timezone.now() - timedelta(days=2)
    for n in range(20):
        Presence.objects.create(
            sheet=sheet, key="do", user=officer, tab=f"{n:032x}", seen_at=long_ago
        )

    def beat(place):
        if place == 20:
            return forget_absent() == 20
        be_present(sheet, ("plan", "do")[place % 2], tab=f"{place % 5:016x}", actor=officer)
        return True

    assert at_once(21, beat) == [True] * 21
    assert sorted(p.tab for p in Presence.objects.all()) == [f"{n:016x}" for n in range(5)]


def test_of_twenty_who_approve_one_does_and_the_others_are_told_who(ministry):
    sheet = ministry.put(State.REVIEW)
    Sheet.objects.filter(pk=sheet.pk).update(overall_grade="B", overall_grade_reason="着実。")
    people = [make_person(Role.REVIEWER, display_name=f"審査 {n}号") for n in range(20)]

    outcomes = at_once(
        20, lambda n: perform(sheet, "approve", actor=people[n], version=sheet.version)
    )
    assert kinds(outcomes) == {"Transition": 1, "Stale": 19}
    done = Transition.objects.get()
    assert (IssuedPdf.objects.count(), Revision.objects.count()) == (1, 1)
    stored = Sheet.objects.get(pk=sheet.pk)
    assert (stored.state, stored.approved_by) == (State.APPROVED, done.actor)
    told = {o.message for o in outcomes if isinstance(o, Stale)}
    assert {message.split("に「確定」")[0][:-5] for message in told} == {
        f"画面を開いた後に、{done.actor}さんが"
    }
    assert chain_is_whole()


def test_approval_and_return_exclude_each_other(ministry):
    sheet = ministry.put(State.REVIEW)
    Sheet.objects.filter(pk=sheet.pk).update(overall_grade="B", overall_grade_reason="着実。")
    people = [make_person(Role.REVIEWER) for _ in range(10)]

    def decide(place):
        action = ("approve", "return")[place % 2]
        comment = "数値を補ってください。"
        return perform(sheet, action, actor=people[place], comment=comment, version=sheet.version)

    assert kinds(at_once(10, decide)) == {"Transition": 1, "Stale": 9}
    done, stored = Transition.objects.get(), Sheet.objects.get(pk=sheet.pk)
    assert stored.state == done.to_state
    assert IssuedPdf.objects.count() == (1 if done.action == "approve" else 0)
    assert chain_is_whole()


def test_nobody_writes_in_a_sheet_while_it_is_handed_in(ministry):
    """What the head confirms is what was submitted: a text comes before the step, or not at all."""
    sheet, officer = ministry.sheet, ministry.people["officer"]

    def act(place):
        if place == 0:
            return perform(sheet, "submit", actor=officer, version=sheet.version)
        text = f"・駆け込みの{place}番。"
        return save_entry(sheet, "plan", text, version=1, actor=officer)

    outcomes = at_once(8, act)
    assert kinds(outcomes[:1]) == {"Transition": 1}
    assert set(kinds(outcomes[1:])) <= {"PdcaEntry", "EntryConflict", "NotAllowed"}
    frozen = Revision.objects.get().content["items"]["plan"]
    assert frozen == PdcaEntry.objects.get(sheet=sheet, key="plan").text
    assert chain_is_whole()


def test_of_ten_who_grade_one_is_first(ministry):
    sheet = ministry.put(State.REVIEW)
    people = [make_person(Role.REVIEWER) for _ in range(10)]

    def grade(place):
        letter = "ABCD"[place % 4]
        grade_sheet(
            sheet, grade=letter, reason=f"理由{place}", actor=people[place], version=version
        )
        return letter

    version = sheet.version
    assert kinds(at_once(10, grade)) == {"str": 1, "Stale": 9}
    assert Sheet.objects.get(pk=sheet.pk).version == version + 1
    assert AuditEntry.objects.filter(action="sheet.grade").count() == 1
    assert chain_is_whole()


def test_of_ten_who_change_a_budget_one_is_first(ministry):
    sheet, officer = ministry.sheet, ministry.people["officer"]
    seen = mark_of(sheet.contribution.amounts.get())

    def change(place):
        amount = sheet.contribution.amounts.get()
        amount.budget_amount_thousand_yen = 1000 + place
        save_figures(sheet, amount, seen=seen, actor=officer)
        return place

    outcomes = at_once(10, change)
    assert kinds(outcomes) == {"int": 1, "Stale": 9}
    winner = next(o for o in outcomes if isinstance(o, int))
    assert (
        YearlyAmount.objects.get(contribution=sheet.contribution).budget_amount_thousand_yen
        == 1000 + winner
    )
    assert chain_is_whole()


def test_of_ten_who_register_the_same_figures_one_is_first(ministry):
    sheet, officer = ministry.sheet, ministry.people["officer"]
    YearlyAmount.objects.all().delete()

    def add(place):
        amount = YearlyAmount(
            contribution=sheet.contribution,
            fiscal_year=sheet.cycle.fiscal_year,
            budget_amount_thousand_yen=1000 + place,
        )
        save_figures(sheet, amount, seen="", actor=officer)
        return place

    assert kinds(at_once(10, add)) == {"int": 1, "Stale": 9}
    assert YearlyAmount.objects.count() == 1
    assert chain_is_whole()


def test_a_year_opened_twice_at_once_is_opened_once():
    edition = h30()
    contributions = [ContributionFactory() for _ in range(3)]

    def press(place):
        cycle = Cycle(fiscal_year=2018, edition=edition)
        return open_cycle(cycle, actor=None)

    outcomes = at_once(6, press)
    assert kinds(outcomes) == {"list": 1, "Stale": 5}
    assert {o.message for o in outcomes if isinstance(o, Stale)} == {
        "2018年度の評価は、ほかの人が開始しました。評価年度の一覧で確かめてください。"
    }
    assert sorted(Sheet.objects.values_list("contribution", flat=True)) == [
        c.pk for c in contributions
    ]
    assert AuditEntry.objects.filter(action="cycle.open").count() == 1
    assert chain_is_whole()


def test_missing_sheets_made_twice_at_once_are_made_once():
    cycle = open_year()
    contributions = [ContributionFactory() for _ in range(3)]
    outcomes = at_once(8, lambda place: add_missing_sheets(cycle, actor=None))
    assert sorted(map(len, outcomes)) == [0] * 7 + [3]
    assert sorted(Sheet.objects.values_list("contribution", flat=True)) == [
        c.pk for c in contributions
    ]
    assert chain_is_whole()


def test_a_contribution_is_not_deleted_while_its_sheet_is_made(ministry, monkeypatch):
    unused = ContributionFactory()
    client = Client(raise_request_exception=False)
    client.force_login(ministry.people["coordinator"])
    making = pause_first_call(monkeypatch, trail, "record")
    page = f"/admin/contributions/contribution/{unused.pk}/delete/"

    def act(place):
        if place == 0:
            return len(add_missing_sheets(ministry.sheet.cycle, actor=None))
        making.wait(10)
        return client.post(page, {"post": "yes"}).status_code

    # Where the page waits for the sheet (SQLite), it says so before it is asked to delete.
    assert at_once(2, act) in ([1, 302], [1, 200])
    assert "削除" in client.get(page).content.decode()
    assert Sheet.objects.filter(contribution=unused).exists()
    assert chain_is_whole()


def test_the_record_starts_once_and_grows_one_by_one():
    person = UserFactory()
    outcomes = at_once(
        12, lambda n: save_record(Division(name=f"第{n}課"), actor=person) or "saved"
    )
    assert outcomes == ["saved"] * 12
    assert verify() == Verification(12)


def test_of_two_officers_who_take_in_the_same_suggestion_one_does(ministry):
    sheet = ministry.put(State.REVIEW)
    suggestion = wording(sheet, ministry.people["reviewer"], "・改めた計画を立てた。")
    ministry.put(State.RETURNED)
    officers = [make_person(Role.OFFICER, sheet.division) for _ in range(8)]

    def take(place):
        return take_in(sheet, suggestion.pk, [0], version=1, actor=officers[place])

    outcomes = at_once(8, take)
    assert kinds(outcomes) == {"SuggestionDecision": 1, "Stale": 7}
    decision = next(outcome for outcome in outcomes if isinstance(outcome, SuggestionDecision))
    stored = PdcaEntry.objects.get(sheet=sheet, key="plan")
    assert (stored.version, stored.updated_by) == (2, decision.decided_by)
    assert Authorship.objects.filter(sheet=sheet).count() == 1
    assert chain_is_whole()


def test_of_many_who_settle_the_same_comment_one_does(ministry):
    sheet = ministry.put(State.REVIEW)
    thread = comment(sheet, ministry.people["reviewer"])
    reviewers = [make_person(Role.REVIEWER) for _ in range(8)]

    def settle(place):
        return add_remark(sheet, thread.pk, CommentKind.RESOLVED, "", actor=reviewers[place])

    assert kinds(at_once(8, settle)) == {"Comment": 1, "Stale": 7}
    assert thread.comments.count() == 2
    assert chain_is_whole()


def test_five_times_the_same_request_at_once_is_one_step_with_one_receipt(ministry):
    sheet, reviewer = ministry.put(State.REVIEW), ministry.people["reviewer"]
    comment = "数値を補ってください。"
    outcomes = at_once(
        5,
        lambda place: (
            perform(sheet, "return", actor=reviewer, comment=comment, version=sheet.version).pk
        ),
    )
    assert outcomes == [Transition.objects.get().pk] * 5
    assert Revision.objects.count() == 1
    assert chain_is_whole()


def test_a_return_and_its_undoing_exclude_each_other(ministry):
    """While some take it back, the officer begins to mend: one of both, never a text shut away."""
    sheet, people = ministry.put(State.REVIEW), ministry.people
    comment = "数値を補ってください。"
    perform(sheet, "return", actor=people["reviewer"], comment=comment, version=sheet.version)

    def act(place):
        if place % 2:
            text = f"・{place}番が直した。"
            return save_entry(sheet, "plan", text, version=1, actor=people["officer"])
        why = f"取違え{place}。"
        seen = sheet.version
        return perform(sheet, "undo_return", actor=people["reviewer"], comment=why, version=seen)

    taken = kinds(at_once(6, act))
    stored = Sheet.objects.get(pk=sheet.pk)
    undone = stored.state == State.REVIEW
    assert (taken["Transition"], taken["PdcaEntry"]) == ((1, 0) if undone else (0, 1))
    assert chain_is_whole()
