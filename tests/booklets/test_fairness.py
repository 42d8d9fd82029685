"""Who asks for many booklets keeps nobody waiting, and fills no disk."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from booklets.domain.queue import acquire_and_watch, requeue
from booklets.domain.requests import cancel_booklet
from booklets.domain.retention import FILES_PER_PERSON
from booklets.enums import BookletKind, BookletStatus
from booklets.models import Booklet, BookletPart
from booklets.queries.booklets import queue_position
from tests.booklets.conftest import ask, made

pytestmark = pytest.mark.django_db

PDF, ZIP, LIST = BookletKind.PDF, BookletKind.ZIP, BookletKind.LIST


def queue_order():
    """Return the booklets in the order in which a worker will come upon them."""
    pks = [task.args_kwargs["args"][0] for task in DBTaskResult.objects.ready()]
    booklets = Booklet.objects.in_bulk(pks)
    return [booklets[pk] for pk in dict.fromkeys(pks) if booklets[pk].is_unfinished]


def time_passes():
    """Let two minutes go by: whatever was to be looked at again is due."""
    tomorrow = timezone.now() + timedelta(days=1)
    DBTaskResult.objects.filter(run_after__lt=tomorrow).update(run_after=timezone.now())


@pytest.fixture
def hasty(ministry):
    return ministry.people["coordinator"]


@pytest.fixture
def other(ministry):
    return ministry.people["reviewer"]


def test_everybodys_first_comes_before_anybodys_second(hasty, other):
    first, second, third = (ask(hasty, kind) for kind in (PDF, ZIP, LIST))
    others_first, others_second = (ask(other, kind) for kind in (PDF, ZIP))
    order = [first, others_first, second, others_second, third]
    assert queue_order() == order
    assert [queue_position(each).ahead for each in order] == [0, 1, 2, 3, 4]
    time_passes()
    assert queue_order() == order


def test_what_is_being_made_is_ahead_of_everybody(hasty, other):
    first, second = ask(hasty, PDF), ask(hasty, ZIP)
    cancel_booklet(first, actor=hasty)
    held = acquire_and_watch(second.pk)
    others = ask(other)
    assert queue_position(others).ahead == 1
    # Once its worker is gone, it waits again in its own place.
    Booklet.objects.filter(pk=second.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert queue_position(others).ahead == 0
    requeue(held)
    time_passes()
    assert queue_order() == [others, second]


@pytest.mark.usefixtures("paper")
def test_who_has_nothing_under_way_stands_in_front_again(hasty, other):
    made(ask(hasty, PDF))
    assert ask(other, PDF).own_before == 0
    assert ask(hasty, ZIP).own_before == 0
    assert ask(hasty, LIST).own_before == 1


@pytest.mark.usefixtures("paper")
def test_of_many_files_the_oldest_goes_when_another_is_made(client, hasty, other):
    kept = made(ask(other, LIST))
    booklets = [made(ask(hasty, LIST)) for _ in range(FILES_PER_PERSON)]
    assert {each.status for each in Booklet.objects.all()} == {BookletStatus.DONE}
    newest = made(ask(hasty, LIST))
    done = Booklet.objects.filter(status=BookletStatus.DONE)
    assert set(done) == {kept, newest, *booklets[1:]}
    oldest = Booklet.objects.get(status=BookletStatus.EXPIRED)
    assert oldest == booklets[0]
    assert not BookletPart.objects.filter(booklet=oldest).exists()

    client.force_login(hasty)
    page = client.get("/booklets/").content.decode()
    assert f"新しいものから{FILES_PER_PERSON}件まで残ります" in page
    assert page.count("保存期間終了") == 1
    page = client.get(f"/booklets/{newest.pk}/").content.decode()
    assert f"新しい冊子が{FILES_PER_PERSON}件出来ると" in page
    page = client.get(f"/booklets/{oldest.pk}/").content.decode()
    assert f"新しい冊子が{FILES_PER_PERSON}件出来ました" in page
    assert client.get(f"/booklets/{oldest.pk}/file/").status_code == 403
