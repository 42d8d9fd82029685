"""Real worker processes: started, killed, two at once, asked to end. On either database."""

import os
import re
import signal
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from audit.models import AuditEntry
from booklets.domain import production
from booklets.domain.lease import LEASE, MOST_ATTEMPTS, acquire_lease
from booklets.domain.queue import acquire_and_watch, work_on
from booklets.domain.requests import cancel_booklet
from booklets.enums import BookletKind, BookletStatus
from booklets.models import Booklet, PrintedDraft
from tests.booklets.conftest import ask, file_of, text_of
from tests.factories import ContributionFactory, complete, make_sheet
from tests.threads import at_once
from tests.workers import PATIENCE_SECONDS, until, worker

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(os.name != "posix", reason="Windows has no POSIX signals"),
]

SHEETS = 12


@pytest.fixture
def booklet(ministry):
    """A booklet of a dozen drafts, asked for and waiting."""
    division = ministry.sheet.division
    for _ in range(SHEETS - 2):
        complete(make_sheet(ContributionFactory(responsible_division=division)))
    return ask(ministry.people["coordinator"], BookletKind.PDF)


def now(booklet):
    return Booklet.objects.get(pk=booklet.pk)


def finished(booklet):
    return lambda: None if now(booklet).is_unfinished else now(booklet)


def printed(booklet, number):
    return lambda: now(booklet).done >= number


def time_passes():
    """Let a lease's time go by: what would be due then is due now."""
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
    Booklet.objects.exclude(lease_until=None).update(
        lease_until=timezone.now() - timedelta(seconds=1)
    )


def is_whole(booklet):
    """Check that the file holds every sheet once."""
    words = text_of(file_of(booklet))
    names = set(re.findall(r"（試験事業\d+）", words))
    assert booklet.status == BookletStatus.DONE, booklet.error
    assert (booklet.done, booklet.left_out) == (SHEETS, [])
    assert len(booklet.included_ids) == SHEETS
    assert len(names) == SHEETS - 2


def test_a_killed_worker_leaves_its_task_and_the_next_goes_on(booklet):
    with worker() as first:
        until(printed(booklet, 3))
        first.send_signal(signal.SIGKILL)
        first.wait()
    left = now(booklet)
    stored = set(PrintedDraft.objects.values_list("pk", flat=True))
    assert left.status == BookletStatus.RUNNING
    assert 3 <= left.done < SHEETS
    assert left.done <= len(stored)
    # The queue alone would never find out.
    assert DBTaskResult.objects.filter(status="RUNNING").count() == 1

    with worker():
        # Its lease still runs: nobody may take it from a worker that is only slow.
        time.sleep(1)
        assert now(booklet).attempts == 1
        time_passes()
        done = until(finished(booklet))
    is_whole(done)
    assert done.attempts == 2
    # It went on from where the first had come to.
    assert done.resumed_done == left.done
    assert AuditEntry.objects.filter(action="booklet.make").count() == 1


def test_two_workers_make_each_booklet_once(ministry, booklet):
    person = ministry.people["reviewer"]
    second = ask(person, BookletKind.ZIP)
    third = ask(person, BookletKind.LIST)
    with worker(), worker():
        made = [until(finished(each)) for each in (booklet, second, third)]
    assert {each.status for each in made} == {BookletStatus.DONE}
    assert [each.attempts for each in made] == [1, 1, 1]
    assert AuditEntry.objects.filter(action="booklet.make").count() == 3
    is_whole(made[0])


def test_cancelled_while_it_is_made(booklet):
    with worker() as process:
        until(printed(booklet, 2))
        cancel_booklet(booklet, actor=booklet.requested_by)
        until(lambda: not DBTaskResult.objects.filter(status="RUNNING").exists())
        assert process.poll() is None
    stopped = now(booklet)
    assert stopped.status == BookletStatus.CANCELLED
    assert stopped.done < SHEETS
    assert file_of(stopped) == b""


def test_a_worker_asked_twice_to_end_gives_the_booklet_back_at_once(booklet):
    with worker() as first:
        until(printed(booklet, 2))
        first.send_signal(signal.SIGTERM)
        time.sleep(0.05)
        first.send_signal(signal.SIGTERM)
        first.wait(PATIENCE_SECONDS)
    given_back = now(booklet)
    assert (given_back.status, given_back.lease_until) == (BookletStatus.WAITING, None)
    with worker():
        done = until(finished(booklet))
    is_whole(done)
    assert done.resumed_done >= 2


@pytest.mark.skipif(
    connection.vendor == "sqlite",
    reason="SQLite answers inside the process: no question can be left unanswered",
)
def test_a_worker_asked_to_end_amid_a_question_gives_the_booklet_back(booklet, monkeypatch):
    def interrupted(_):
        connection.connection.pgconn.send_query(b"SELECT pg_sleep(60)")
        raise SystemExit(1)

    monkeypatch.setattr(production, "collect_contents", interrupted)
    with pytest.raises(SystemExit):
        work_on(booklet.pk)
    assert now(booklet).status == BookletStatus.WAITING


def test_many_who_reach_for_it_at_once_one_takes_it(booklet):
    taken = at_once(4, lambda _: acquire_lease(booklet.pk))
    assert [type(each) for each in taken].count(Booklet) == 1, taken


def test_a_booklet_that_ends_every_worker_is_given_up(booklet):
    for _ in range(MOST_ATTEMPTS):
        assert acquire_lease(booklet.pk)
        time_passes()
    assert acquire_lease(booklet.pk) is None
    assert now(booklet).status == BookletStatus.FAILED
    assert "5回止まった" in now(booklet).error


def test_who_finds_it_in_hand_has_it_looked_after_again(booklet):
    assert acquire_and_watch(booklet.pk)
    before = DBTaskResult.objects.count()
    assert acquire_and_watch(booklet.pk) is None
    assert DBTaskResult.objects.count() == before + 1
    due = DBTaskResult.objects.latest("enqueued_at").run_after
    assert abs(due - timezone.now() - LEASE) < timedelta(seconds=30)
