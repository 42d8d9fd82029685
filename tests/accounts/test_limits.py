"""Limits on sign-ins: whose they are, shared by all processes, and not forgotten in a flood."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as installed
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import LimitEntry
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"


def signs_in(username, password=PASSWORD, address=HERE, **headers):
    """Whether ``username`` is let in from ``address``, with a browser that is new."""
    client = Client(REMOTE_ADDR=address, headers=headers)
    return (
        client.post("/accounts/login/", {"login": username, "password": password}).status_code
        == 302
    )


def fail(username, times=5, **where):
    for _ in range(times):
        assert not signs_in(username, "chigau", **where)


def test_failures_from_elsewhere_lock_nobody_out_here():
    person, colleague = UserFactory(), UserFactory()
    fail(person.username, address=ELSEWHERE)
    assert not signs_in(person.username, address=ELSEWHERE)
    assert signs_in(colleague.username, address=ELSEWHERE)
    assert signs_in(person.username, address=HERE)


def test_an_address_that_is_made_up_does_not_begin_a_new_count():
    person = UserFactory()
    for number in range(5):
        fail(person.username, times=1, x_forwarded_for=f"203.0.113.{number}")
    assert not signs_in(person.username, x_forwarded_for="203.0.113.99")


def test_behind_a_proxy_everybody_has_a_count_of_their_own(settings):
    settings.TRUSTED_PROXIES = ["unix"]
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "3/m/ip"}
    person = UserFactory()
    fail(person.username, times=3, address="", x_forwarded_for=ELSEWHERE)
    sent = {"login": person.username, "password": PASSWORD}
    refused, let_in = (
        Client(REMOTE_ADDR="", headers={"x-forwarded-for": f"10.9.9.9, {address}"}).post(
            "/accounts/login/", sent
        )
        for address in (ELSEWHERE, HERE)
    )
    assert (refused.status_code, let_in.status_code) == (429, 302)
    assert "1分ほど待ってから" in refused.content.decode()


def test_a_flood_of_other_names_does_not_make_a_limit_forgotten():
    person = UserFactory()
    fail(person.username)
    for number in range(1000):
        cache.set(f"allauth:rl:{number}", [0.0], 300)
    assert not signs_in(person.username)


def test_what_has_expired_makes_room_first(settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"OPTIONS": {"MAX_ENTRIES": 50}}}
    person = UserFactory()
    fail(person.username)
    counted = set(LimitEntry.objects.values_list("pk", flat=True))
    expired = timezone.now() - timedelta(seconds=1)
    # The keys sort before and after: Django's own culling goes by their order.
    LimitEntry.objects.bulk_create(
        LimitEntry(cache_key=f"{sign}{number}", value="", expires=expired)
        for sign in "az~"
        for number in range(30)
    )
    assert not signs_in(person.username)
    assert counted <= set(LimitEntry.objects.values_list("pk", flat=True))
    assert LimitEntry.objects.filter(expires=expired).count() == 0


def test_a_day_later_no_address_is_stored_any_more():
    person = UserFactory()
    fail(person.username)
    call_command("daily")
    assert LimitEntry.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        call_command("daily")
    assert not LimitEntry.objects.exists()


FAIL_ONCE = """
import django
django.setup()
from django.test import Client
client = Client(REMOTE_ADDR={address!r})
client.post("/accounts/login/", {{"login": {username!r}, "password": "chigau"}})
"""


@pytest.mark.django_db(transaction=True)
def test_all_processes_count_together():
    person = UserFactory()
    fail(person.username, times=4)
    _in_another_process(FAIL_ONCE.format(address=HERE, username=person.username))
    assert not signs_in(person.username)
    assert signs_in(person.username, address=ELSEWHERE)


def _in_another_process(program):
    database = connection.settings_dict["NAME"]
    url = f"sqlite:///{database}" if connection.vendor == "sqlite" else f"postgres:///{database}"
    environment = {"DATABASE_URL": url, "ALLOWED_HOSTS": "testserver"}
    subprocess.run(
        [sys.executable, "-c", program],
        cwd=installed.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings_test"} | environment,
        check=True,
    )
