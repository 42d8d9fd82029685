"""A wording is suggested, compared and taken in: whole, in part, or not at all."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from audit.models import AuditEntry
from core.refusals import Invalid, NotAllowed, Stale
from evaluations.access.rules import took_no_part
from evaluations.domain.entries import save_entry
from evaluations.domain.suggestions import offer_of, reject, suggest, take_in, withdraw
from evaluations.enums import State
from evaluations.models import PdcaEntry, Sheet, Suggestion, SuggestionDecision
from evaluations.refusals import EntryConflict
from tests.evaluations.review import assert_written_once, rewrite, wording
from tests.evaluations.scene import ROLES
from tests.factories import make_person

pytestmark = pytest.mark.django_db

BASE = "・理事会で発言した。\n・予算は11千円である。"
BETTER = "・総会で発言した。\n・予算は12千円である。"


@pytest.fixture
def returned(ministry):
    """A returned sheet with a suggestion of two changes for PLAN."""
    sheet = ministry.put(State.REVIEW)
    rewrite(sheet, plan=BASE)
    suggestion = wording(sheet, ministry.people["reviewer"], BETTER, reason="正式な名称に。")
    ministry.put(State.RETURNED)
    return sheet, suggestion


def plan(sheet):
    return PdcaEntry.objects.select_related("updated_by").get(sheet=sheet, key="plan")


def decide(ministry, suggestion, taken, by="officer", **how):
    sheet = suggestion.sheet
    how = {"version": plan(sheet).version} | how
    return take_in(sheet, suggestion.pk, taken, actor=ministry.people[by], **how)


# fmt: off
#                               offi      other other revi  coor  view  no   super
#                               cer  head offic head  ewer  dinat er    body user
MAY = """
draft           suggest         ×    ×    ×     ×     ×     ×     ×     ×    ×
division_check  suggest         ×    ○    ×     ×     ×     ×     ×     ×    ×
review          suggest         ×    ×    ×     ×     ○     ×     ×     ×    ×
returned        suggest         ×    ×    ×     ×     ×     ×     ×     ×    ×
approved        suggest         ×    ×    ×     ×     ×     ×     ×     ×    ×
draft           accept          ○    ×    ×     ×     ×     ×     ×     ×    ×
returned        accept          ○    ×    ×     ×     ×     ×     ×     ×    ×
division_check  accept          ×    ×    ×     ×     ×     ×     ×     ×    ×
review          accept          ×    ×    ×     ×     ×     ×     ×     ×    ×
published       accept          ×    ×    ×     ×     ×     ×     ×     ×    ×
returned        reject          ○    ×    ×     ×     ×     ×     ×     ×    ×
review          reject          ×    ×    ×     ×     ×     ×     ×     ×    ×
review          withdraw        ×    ×    ×     ×     ○     ×     ×     ×    ×
approved        withdraw        ×    ×    ×     ×     ×     ×     ×     ×    ×
"""
# fmt: on
ROWS = [line.split() for line in MAY.strip().splitlines()]


@pytest.mark.parametrize(("state", "act", "cells"), [(s, a, c) for s, a, *c in ROWS])
def test_who_may_suggest_and_who_decides(ministry, state, act, cells):
    sheet, reviewer = ministry.put(State.REVIEW), ministry.people["reviewer"]
    offers = {role: wording(sheet, reviewer, f"・{role}の案。") for role in ROLES}
    ministry.put(State(state))
    found = {}
    for role in ROLES:
        actor, pk = ministry.people[role], offers[role].pk
        version = plan(sheet).version
        try:
            match act:
                case "suggest":
                    wording(sheet, actor, "・新しい案。")
                case "accept":
                    take_in(sheet, pk, [0], version=version, actor=actor)
                case "reject":
                    reject(sheet, pk, note="理由。", actor=actor)
                case "withdraw":
                    withdraw(sheet, pk, actor=actor)
            found[role] = "○"
        except (NotAllowed, Suggestion.DoesNotExist):
            found[role] = "×"
    assert found == dict(zip(ROLES, cells, strict=True))


def test_all_of_it_is_taken_in_by_the_officer_and_stays_its_proposers(ministry, returned):
    sheet, suggestion = returned
    decision = decide(ministry, suggestion, [0, 1], note="ありがとうございます。")
    entry = plan(sheet)
    assert (entry.text, entry.updated_by) == (BETTER, ministry.people["officer"])
    assert (decision.outcome, decision.taken, decision.offered) == ("accepted", 2, 2)
    assert decision.entry_version == entry.version
    assert [each.user for each in sheet.authorships.all()] == [ministry.people["officer"]]
    record = AuditEntry.objects.get(action="suggestion.accepted")
    assert record.after["made_by"] == "審査 一郎"
    assert "総会" not in str(record.after)


def test_a_part_is_taken_in_and_the_rest_left(ministry, returned):
    sheet, suggestion = returned
    decision = decide(ministry, suggestion, [1, 99])
    assert plan(sheet).text == "・理事会で発言した。\n・予算は12千円である。"
    assert (decision.outcome, decision.taken, decision.offered) == ("partly", 1, 2)


def test_nothing_is_taken_in_without_being_chosen(ministry, returned):
    sheet, suggestion = returned
    with pytest.raises(Invalid, match="選んでください"):
        decide(ministry, suggestion, [])
    assert plan(sheet).text == BASE
    assert not SuggestionDecision.objects.exists()


def test_declining_takes_a_reason_and_changes_nothing(ministry, returned):
    sheet, suggestion = returned
    officer = ministry.people["officer"]
    with pytest.raises(Invalid, match="理由"):
        reject(sheet, suggestion.pk, note="　", actor=officer)
    decision = reject(sheet, suggestion.pk, note="理事会が正しい。", actor=officer)
    assert (decision.outcome, plan(sheet).text) == ("rejected", BASE)


def test_whoever_comes_second_is_told_who_decided(ministry, returned):
    sheet, suggestion = returned
    decide(ministry, suggestion, [0, 1])
    with pytest.raises(Stale, match="担当 花子さんが「採用」としました"):
        reject(sheet, suggestion.pk, note="遅れて。", actor=ministry.people["officer"])


def test_what_was_written_since_is_never_overwritten(ministry, returned):
    sheet, suggestion = returned
    seen = plan(sheet).version
    since = BASE.replace("11", "13")
    save_entry(sheet, "plan", since, version=seen, actor=ministry.people["officer"])
    with pytest.raises(EntryConflict):
        decide(ministry, suggestion, [0, 1], version=seen)
    assert offer_of(suggestion, since).numbers == {0}
    decision = decide(ministry, suggestion, [0, 1])
    assert plan(sheet).text == since.replace("理事会", "総会")
    assert (decision.outcome, decision.taken, decision.offered) == ("partly", 1, 2)


def test_the_page_compares_anew_when_the_text_moved_while_it_was_open(ministry, returned, client):
    sheet, suggestion = returned
    officer = ministry.people["officer"]
    client.force_login(officer)
    url = reverse("suggestion_decide", args=[sheet.pk, suggestion.pk])
    assert client.get(url).status_code == 200
    seen = plan(sheet).version
    save_entry(sheet, "plan", BASE.replace("11", "13"), version=seen, actor=officer)
    sent = {"taken": ["0", "1"], "note": "消えては困る。", "version": seen, "decision": "take"}
    answer = client.post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "比べ直しています" in page
    assert "消えては困る。" in page
    assert '<input type="checkbox" name="taken" value="0" checked>' in page
    assert "採り入れられない箇所" in page
    assert plan(sheet).text == BASE.replace("11", "13")
    # Pressed again, on what is shown now, it is taken.
    sent["version"] = seen + 1
    assert client.post(url, sent).status_code == 302
    assert plan(sheet).text == BASE.replace("11", "13").replace("理事会", "総会")


def test_what_comes_back_from_a_refusal_is_what_was_written(ministry, client):
    sheet = ministry.put(State.REVIEW)
    client.force_login(ministry.people["reviewer"])
    url = reverse("suggestion_new", args=[sheet.pk, "plan"])
    seen = plan(sheet).version
    rewrite(sheet, plan="・その後に書かれた。")
    answer = client.post(url, {"text": "・消えては困る案。", "reason": "", "version": seen})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "・消えては困る案。" in page
    assert "・その後に書かれた。" in page
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [(BASE, "今の文章と同じ"), (f"{BASE}\n\n", "今の文章と同じ"), ("あ" * 5001, "5,001字の段落")],
)
def test_a_wording_that_cannot_be_taken_is_refused_at_once(ministry, text, message):
    sheet = ministry.put(State.REVIEW)
    rewrite(sheet, plan=BASE)
    with pytest.raises(Invalid, match=message):
        wording(sheet, ministry.people["reviewer"], text)


def test_a_button_pressed_twice_suggests_once(ministry):
    sheet, reviewer = ministry.put(State.REVIEW), ministry.people["reviewer"]
    one, other = (wording(sheet, reviewer, "・新しい案。") for _ in range(2))
    assert one.pk == other.pk
    with pytest.raises(EntryConflict):
        suggest(sheet, "plan", "・別の案。", version=99, actor=reviewer)


def test_a_reason_that_comes_after_is_not_lost_in_silence(ministry):
    sheet, reviewer = ministry.put(State.REVIEW), ministry.people["reviewer"]
    first = wording(sheet, reviewer, "・新しい案。", reason="正式な名称に。")
    for same in ("正式な名称に。", ""):
        assert wording(sheet, reviewer, "・新しい案。", reason=same).pk == first.pk
    with pytest.raises(Invalid, match="前の修正案を取り下げてから"):
        wording(sheet, reviewer, "・新しい案。", reason="先月の決定に合わせて。")
    withdraw(sheet, first.pk, actor=reviewer)
    again = wording(sheet, reviewer, "・新しい案。", reason="先月の決定に合わせて。")
    assert (again.reason, Suggestion.objects.count()) == ("先月の決定に合わせて。", 2)


def test_the_page_keeps_the_reason_that_came_after(ministry, client):
    sheet, reviewer = ministry.put(State.REVIEW), ministry.people["reviewer"]
    first = wording(sheet, reviewer, "・新しい案。")
    client.force_login(reviewer)
    fields = {"text": "・新しい案。", "reason": "後からの理由。", "version": first.base_version}
    answer = client.post(reverse("suggestion_new", args=[sheet.pk, "plan"]), fields)
    assert answer.status_code == 422
    assert answer.context["form"]["reason"].value() == "後からの理由。"


def test_a_suggestion_and_its_decision_can_be_neither_changed_nor_deleted(ministry, returned):
    decision = decide(ministry, returned[1], [0])
    assert_written_once(returned[1], decision)


def test_the_proposer_may_approve_and_the_officer_who_took_it_in_may_not(ministry, returned):
    """Two people of the division stand between a proposal and the approval: see the ADR."""
    sheet, suggestion = returned
    decide(ministry, suggestion, [0, 1])
    sheet = Sheet.objects.get(pk=sheet.pk)
    reviewer, officer = ministry.people["reviewer"], ministry.people["officer"]
    assert took_no_part(reviewer.acting, sheet).allowed
    assert not took_no_part(officer.acting, sheet).allowed


def test_outsiders_see_neither_the_page_nor_that_there_is_one(ministry, returned, fake_pdf):
    sheet, suggestion = returned
    ministry.put(State.PUBLISHED)
    url = reverse("suggestion_decide", args=[sheet.pk, suggestion.pk])
    client = Client()
    client.force_login(ministry.people["viewer"])
    answer = client.get(url)
    assert (answer.status_code, "総会" in answer.content.decode()) == (403, False)
    client.force_login(make_person(Role.OFFICER, ministry.other_sheet.division))
    assert client.get(url).status_code == 404
