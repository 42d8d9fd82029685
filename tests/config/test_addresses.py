"""Addresses that no page has: NUL, which PostgreSQL takes in no text, is refused everywhere."""

from urllib.parse import quote

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.enums import Role
from tests.evaluations.scene import also, make_ministry

pytestmark = pytest.mark.django_db

LISTS = sorted(
    reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    for model in admin.site._registry
)
FILTERS = ("q", "state", "state__exact", "role__exact", "memberships__role__exact", "action", "o")
PAGES = (
    "/sheets/?state=",
    "/sheets/?q=",
    "/queue/?division=",
    "/points/?division=",
    "/published/?q=",
    "/accounts/login/?next=",
    "/admin/autocomplete/?app_label=accounts&model_name=user&field_name=deputy&term=",
    "/admin/audit/auditentry/export.csv?person=",
    "/admin/accounts/user/",
    "/sheets/1/",
)


@pytest.fixture
def visitor(client):
    person = also(make_ministry().people["superuser"], Role.REVIEWER)
    client.force_login(person)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("name", FILTERS)
def test_no_filter_of_the_admin_takes_nul(visitor, name):
    answers = {url: visitor.get(f"{url}?{name}=%00") for url in LISTS}
    assert {url: answer.status_code for url, answer in answers.items()} == dict.fromkeys(LISTS, 400)


@pytest.mark.parametrize("address", PAGES)
def test_no_page_takes_nul(visitor, address):
    for nul in ("%00", "a%00b"):
        answer = visitor.get(address + nul)
        assert answer.status_code == 400
        assert "送られた内容を処理できませんでした" in answer.content.decode()


def test_a_percent_sign_that_was_typed_is_no_nul(visitor):
    assert visitor.get(f"/sheets/?q={quote('%00')}").status_code == 200
