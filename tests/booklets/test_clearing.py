"""What ``daily`` does for booklets: clear away, and see that none is forgotten."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from booklets.domain.lease import acquire_lease
from booklets.domain.queue import requeue_stalled
from booklets.models import Booklet
from tests.booklets.conftest import ask

pytestmark = pytest.mark.django_db


def test_a_booklet_the_queue_has_lost_is_put_back_after_half_a_day(ministry):
    booklet = ask(ministry.people["coordinator"])
    DBTaskResult.objects.all().delete()
    assert requeue_stalled() == 0
    Booklet.objects.update(requested_at=timezone.now() - timedelta(hours=13))
    assert requeue_stalled() == 1
    assert DBTaskResult.objects.get().args_kwargs["args"] == [booklet.pk]
    # One that is being made is in good hands.
    acquire_lease(booklet.pk)
    assert requeue_stalled() == 0


def test_the_notes_of_the_worker_go_after_two_weeks(ministry, capsys):
    ask(ministry.people["coordinator"])
    call_command("daily")
    assert DBTaskResult.objects.count() == 2
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(days=15))
    call_command("daily")
    assert not DBTaskResult.objects.exists()
    assert "保存期間の終わった冊子を0件" in capsys.readouterr().out
