"""The guard itself: whatever writes while a page is only looked at is found."""

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from accounts.models import User
from tests import safe_requests
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def found():
    """What the guard has found, which fails this test no longer."""
    yield safe_requests.writes
    safe_requests.writes.clear()


def ask(view, method="GET", path="/anything/"):
    request = RequestFactory().generic(method, path)
    answer = safe_requests.SafeRequestMiddleware(view)(request)
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def writes(request):
    User.objects.update(display_name="見た人")
    return HttpResponse()


def hides_it(request):
    try:
        return writes(request)
    except Exception:
        return HttpResponse()


def writes_late(request):
    return StreamingHttpResponse(str(User.objects.create(username=name)).encode() for name in "ab")


def locks(request):
    with transaction.atomic():
        return HttpResponse()


@pytest.mark.parametrize("method", safe_requests.SAFE)
@pytest.mark.parametrize(
    ("view", "statement"),
    [(writes, "UPDATE"), (writes_late, "INSERT"), (locks, "SAVEPOINT")],
)
def test_what_a_safe_request_sends_to_be_stored_is_refused(found, view, statement, method):
    with pytest.raises(safe_requests.WriteInSafeRequest, match=f"{method} /anything/: {statement}"):
        ask(view, method)
    assert len(found) == 1


def test_what_a_page_hides_is_found_as_well(found):
    ask(hides_it)
    assert len(found) == 1


def test_reading_and_what_is_sent_by_a_form_are_let_through():
    ask(lambda request: HttpResponse(str(User.objects.count() + Group.objects.count())))
    ask(writes, "POST")


def test_the_sessions_of_a_changed_password_end_at_the_next_look(client):
    person = UserFactory()
    client.force_login(person)
    person.set_password("別の合い言葉にしました")
    person.save()
    assert client.get("/").status_code == 302
    assert not Session.objects.exists()
