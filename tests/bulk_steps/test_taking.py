"""What the worker does: each sheet once, each with a result, whoever is killed or changes sides."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Membership, User
from audit.models import AuditEntry
from audit.trail import Verification, verify
from bulk_steps.domain import requests, steps
from bulk_steps.domain.claims import CLAIM, GIVEN_UP, MOST_ATTEMPTS, claim_next
from bulk_steps.domain.queue import requeue_forgotten, work_on
from bulk_steps.domain.requests import FEW_SHEETS
from bulk_steps.domain.retention import RETENTION
from bulk_steps.domain.steps import FAULT
from bulk_steps.models import BulkStep, BulkStepResult
from evaluations.enums import State
from evaluations.models import IssuedPdf, Sheet, Transition
from evaluations.workflow import perform
from staffing.models import StaffingSnapshot
from tests.bulk_steps.conftest import DONE, ask, outcome, states, stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]


@pytest.fixture
def reviewer(ministry):
    return ministry.people["reviewer"]


@pytest.fixture
def approval(eight, reviewer):
    """The approval of eight sheets, asked for and waiting."""
    return ask(reviewer, "approve", eight, "よくできています。")


def run_worker():
    """Do what is due as a worker does, which would close the connection of the test."""
    while due := DBTaskResult.objects.ready().first():
        due.claim("a worker")
        due.task.call(*due.args_kwargs["args"])
        DBTaskResult.objects.filter(pk=due.pk).update(status="SUCCESSFUL")


def time_passes():
    """Let a claim's time go by: what would be due then is due now."""
    now = timezone.now()
    DBTaskResult.objects.filter(status="READY").update(run_after=now)
    BulkStepResult.objects.exclude(claimed_until=None).update(claimed_until=now)


# --- the story ---------------------------------------------------------------------------------
def test_eight_sheets_one_changed_one_refused_six_approved(eight, reviewer, approval):
    changed, refused, *rest = eight
    organization = changed.contribution.organization
    StaffingSnapshot.objects.filter(organization=organization, japanese_staff=25).update(
        japanese_staff=26
    )
    Sheet.objects.filter(pk=refused.pk).update(overall_grade="", overall_grade_reason="")
    assert stored(approval).is_unfinished
    run_worker()
    found = outcome(approval)
    assert {sheet: found[sheet] for sheet in rest} == dict.fromkeys(rest, DONE["approve"])
    assert found[changed][0] == found[refused][0] == "refused"
    assert "「25」→「26」" in found[changed][1]
    assert states(eight) == ["review"] * 2 + ["approved"] * 6
    assert not stored(approval).is_unfinished
    taken = Transition.objects.filter(action="approve", comment="よくできています。")
    assert [each.actor for each in taken] == [reviewer] * 6
    assert IssuedPdf.objects.count() == 6
    assert AuditEntry.objects.filter(action="sheet.approve", actor=reviewer).count() == 6
    assert verify() == Verification(AuditEntry.objects.count())


def test_few_are_taken_in_the_request_and_one_more_waits(eight, reviewer):
    assert not stored(ask(reviewer, "approve", eight[:FEW_SHEETS])).is_unfinished
    assert states(eight[:FEW_SHEETS]) == ["approved"] * FEW_SHEETS
    waiting = ask(reviewer, "return", [*eight[FEW_SHEETS:], *eight[:3]], "直してください。")
    assert stored(waiting).is_unfinished
    assert states(eight[FEW_SHEETS:]) == ["review"] * 3
    run_worker()
    assert states(eight[FEW_SHEETS:]) == ["returned"] * 3
    assert [status for status, _ in outcome(waiting).values()] == ["refused"] * 3 + ["done"] * 3


def test_a_request_that_cannot_go_on_leaves_the_rest_to_the_worker(eight, reviewer, monkeypatch):
    """What was stored will be taken, so that nobody may be told it was not accepted."""

    def away(pk):
        raise OperationalError("database is locked")

    monkeypatch.setattr(requests, "take_steps", away)
    left = ask(reviewer, "approve", eight[:2])
    assert stored(left).is_unfinished
    monkeypatch.undo()
    time_passes()
    run_worker()
    assert outcome(left) == dict.fromkeys(eight[:2], DONE["approve"])


def test_bulk_steps_come_before_what_nobody_waits_for(approval):
    assert DBTaskResult.objects.ready().first().priority > 0


def test_the_same_asked_for_twice_is_one(eight, reviewer, approval):
    assert ask(reviewer, "approve", eight, "よくできています。") == approval
    assert ask(reviewer, "approve", eight, "ほかの言葉。") != approval
    assert AuditEntry.objects.filter(action="bulk_step.ask").count() == 2
    run_worker()
    # The second finds every sheet decided; nothing was taken twice.
    assert Transition.objects.count() == 8
    assert {status for status, _ in outcome(BulkStep.objects.first()).values()} == {"refused"}


# --- who acts ------------------------------------------------------------------------------------
def test_a_role_that_ended_meanwhile_is_refused_in_the_ordinary_words(eight, reviewer, approval):
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(user=reviewer).update(valid_until=yesterday)
    run_worker()
    why = ("refused", "審査担当が行います。")
    assert outcome(approval) == dict.fromkeys(eight, why)
    assert states(eight) == ["review"] * 8


def test_an_account_closed_amid_the_work_takes_no_further_step(
    eight, reviewer, approval, monkeypatch
):
    def close_after_three(*args, **kwargs):
        transition = perform(*args, **kwargs)
        if Transition.objects.count() == 3:
            User.objects.filter(pk=reviewer.pk).update(is_active=False)
        return transition

    monkeypatch.setattr(steps, "perform", close_after_three)
    run_worker()
    assert [status for status, _ in outcome(approval).values()] == ["done"] * 3 + ["refused"] * 5


# --- what goes wrong -----------------------------------------------------------------------------
def test_a_fault_with_one_sheet_stops_no_other_and_the_log_holds_no_text(
    eight, approval, monkeypatch, caplog
):
    def fail(sheet, *args, **kwargs):
        if sheet == eight[2]:
            raise ValueError("極秘の本文")
        return perform(sheet, *args, **kwargs)

    monkeypatch.setattr(steps, "perform", fail)
    run_worker()
    others = [sheet for sheet in eight if sheet != eight[2]]
    assert outcome(approval) == dict.fromkeys(others, DONE["approve"]) | {
        eight[2]: ("refused", FAULT)
    }
    assert "bulk_step_fault" in caplog.text
    assert "ValueError" in caplog.text
    assert "極秘" not in caplog.text


def test_a_sheet_for_which_the_database_was_too_busy_is_tried_again(eight, approval, monkeypatch):
    def be_busy(sheet, *args, **kwargs):
        if sheet == eight[2]:
            raise OperationalError("database is locked")
        return perform(sheet, *args, **kwargs)

    monkeypatch.setattr(steps, "perform", be_busy)
    work_on(approval.pk)
    assert states(eight).count("approved") == 7
    assert stored(approval).is_unfinished
    monkeypatch.undo()
    time_passes()
    run_worker()
    assert outcome(approval) == dict.fromkeys(eight, DONE["approve"])


def test_run_twice_nothing_is_taken_twice_and_no_success_becomes_a_refusal(eight, approval):
    work_on(approval.pk)
    BulkStepResult.objects.update(status="waiting", message="")
    BulkStep.objects.update(finished_at=None)
    # Half of them have gone on since: the version alone would no longer tell.
    for sheet in Sheet.objects.filter(pk__in=[each.pk for each in eight[:4]]):
        undone = {"comment": "取り消します。", "version": sheet.version}
        perform(sheet, "undo_approve", actor=approval.requested_by, **undone)
    work_on(approval.pk)
    assert outcome(approval) == dict.fromkeys(eight, DONE["approve"])
    assert Transition.objects.filter(action="approve").count() == 8
    assert states(eight) == ["review"] * 4 + ["approved"] * 4


def test_what_a_killed_worker_left_is_taken_once_its_claim_is_over(eight, approval):
    """It was killed amid the first sheet, and its task says for ever that it is running."""
    DBTaskResult.objects.ready().get().claim("a worker")
    held = claim_next(approval.pk)
    run_worker()  # nothing is due
    assert states(eight) == ["review"] * 8
    work_on(approval.pk)  # another worker, meanwhile, leaves that sheet alone
    assert states(eight) == ["review"] + ["approved"] * 7
    assert stored(approval).is_unfinished
    time_passes()
    run_worker()
    assert outcome(approval) == dict.fromkeys(eight, DONE["approve"])
    assert approval.results.get(pk=held.pk).attempts == 2
    assert not stored(approval).is_unfinished


def test_whoever_begins_sees_that_somebody_looks_again(approval):
    before = DBTaskResult.objects.count()
    claim_next(approval.pk)
    work_on(approval.pk)
    assert DBTaskResult.objects.count() == before + 1
    due = DBTaskResult.objects.latest("enqueued_at").run_after
    assert abs(due - timezone.now() - CLAIM) < timedelta(seconds=30)


def test_a_sheet_that_ends_every_worker_is_given_up_and_no_other(eight, approval):
    for _ in range(MOST_ATTEMPTS):
        claim_next(approval.pk)
        time_passes()
    run_worker()
    assert outcome(approval) == dict.fromkeys(eight[1:], DONE["approve"]) | {
        eight[0]: ("refused", GIVEN_UP)
    }
    assert not stored(approval).is_unfinished


def test_a_worker_asked_to_end_gives_the_sheet_back_at_once(eight, approval, monkeypatch):
    def asked_to_end(sheet, *args, **kwargs):
        if sheet == eight[2]:
            raise SystemExit(1)
        return perform(sheet, *args, **kwargs)

    monkeypatch.setattr(steps, "perform", asked_to_end)
    monkeypatch.setattr(steps.connection, "close", lambda: None)  # that of the test itself
    DBTaskResult.objects.all().delete()
    with pytest.raises(SystemExit):
        work_on(approval.pk)
    assert states(eight) == ["approved"] * 2 + ["review"] * 6
    given_back = approval.results.get(sheet=eight[2])
    assert (given_back.claimed_until, given_back.attempts) == (None, 0)
    monkeypatch.undo()
    run_worker()
    assert outcome(approval) == dict.fromkeys(eight, DONE["approve"])


# --- what is kept --------------------------------------------------------------------------------
def test_what_the_queue_has_lost_is_put_back_after_half_a_day(eight, approval):
    DBTaskResult.objects.all().delete()
    requeue_forgotten()
    assert not DBTaskResult.objects.exists()
    BulkStep.objects.update(requested_at=timezone.now() - timedelta(hours=13))
    call_command("daily")
    run_worker()
    assert states(eight) == ["approved"] * 8


def test_finished_ones_go_after_a_month_and_the_steps_stay(eight, approval):
    run_worker()
    BulkStep.objects.update(finished_at=timezone.now() - RETENTION + timedelta(hours=1))
    call_command("daily")
    assert BulkStep.objects.exists()
    BulkStep.objects.update(finished_at=timezone.now() - RETENTION)
    call_command("daily")
    assert not BulkStep.objects.exists()
    assert not BulkStepResult.objects.exists()
    assert Transition.objects.count() == 8


def test_a_sheet_that_may_go_takes_its_results_along(ministry):
    draft = ministry.sheet
    bulk_step = ask(ministry.people["head"], "confirm", [draft])
    assert draft.state == State.DRAFT
    assert bulk_step.results.count() == 1
    draft.delete()
    assert bulk_step.results.count() == 0
