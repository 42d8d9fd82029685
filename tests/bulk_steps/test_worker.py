"""Real worker processes, killed and two at once, and threads. On either database."""

import os
import signal

import pytest

from audit.models import AuditEntry
from audit.trail import Verification, verify
from bulk_steps.domain.claims import claim_next
from bulk_steps.domain.queue import work_on
from bulk_steps.models import BulkStep, BulkStepResult
from evaluations.models import IssuedPdf, Transition
from tests.bulk_steps.conftest import DONE, ask, outcome, states, stored
from tests.bulk_steps.test_taking import time_passes
from tests.threads import at_once
from tests.workers import until, worker

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("fake_pdf"),
    pytest.mark.skipif(os.name != "posix", reason="Windows has no POSIX signals"),
]


@pytest.fixture
def approval(eight, ministry):
    """The approval of eight sheets, asked for and waiting."""
    return ask(ministry.people["reviewer"], "approve", eight)


def each_was_taken_once(approval, eight):
    assert outcome(approval) == dict.fromkeys(eight, DONE["approve"])
    assert states(eight) == ["approved"] * 8
    assert Transition.objects.count() == IssuedPdf.objects.count() == 8
    assert AuditEntry.objects.filter(action="sheet.approve").count() == 8
    assert verify() == Verification(AuditEntry.objects.count())


@pytest.mark.usefixtures("paper")
def test_a_killed_worker_leaves_its_task_and_the_next_goes_on(approval, eight):
    with worker() as first:
        until(approval.results.filter(status="done").exists)
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert stored(approval).is_unfinished
    assert BulkStepResult.objects.filter(status="waiting").exists()
    time_passes()
    with worker():
        until(lambda: not stored(approval).is_unfinished)
    each_was_taken_once(approval, eight)


def test_workers_at_once_share_the_sheets_and_take_none_twice(approval, eight):
    assert at_once(4, lambda _: work_on(approval.pk)) == [None] * 4
    each_was_taken_once(approval, eight)
    assert {each.attempts for each in approval.results.all()} == {1}
    assert not stored(approval).is_unfinished


def test_many_who_reach_for_a_sheet_at_once_have_one_each(approval):
    held = at_once(4, lambda _: claim_next(approval.pk))
    assert len({each.sheet_id for each in held}) == 4, held


def test_who_was_only_slow_and_who_took_over_take_the_step_once(approval, eight):
    """The claims have run out while all were at it: everybody takes everything."""
    for _ in eight:
        claim_next(approval.pk)
    time_passes()
    BulkStepResult.objects.update(attempts=0)

    def take(_):
        for result in BulkStepResult.objects.filter(bulk_step=approval.pk):
            BulkStepResult.objects.filter(pk=result.pk).update(claimed_until=None)
        return work_on(approval.pk)

    assert at_once(3, take) == [None] * 3
    each_was_taken_once(approval, eight)


def test_a_form_sent_twice_at_once_is_one_bulk_step(eight, ministry):
    asked = at_once(3, lambda _: ask(ministry.people["reviewer"], "return", eight, "理由。"))
    assert set(asked) == {BulkStep.objects.get()}
