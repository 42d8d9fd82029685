"""Many records chosen in a list of the admin: one field, a limit, and advice beyond it."""

import re

import pytest
from django.conf import settings
from django.contrib import admin
from django.test import Client

from accounts.admin.base import RegisterInline
from contributions.models import Organization

pytestmark = pytest.mark.django_db

SHEETS = "/admin/evaluations/sheet/"
ORGANIZATIONS = "/admin/contributions/organization/"


def fields_of(answer):
    """Return the names that the form on a page sends."""
    form = re.search(r"<form method=\"post\".*?</form>", answer.content.decode(), re.DOTALL)[0]
    return re.findall(r'<(?:input|textarea)[^>]*\sname="([^"]+)"', form)


def make_organizations(number):
    Organization.objects.bulk_create(
        Organization(name_ja=f"見本機関{n}", name_kana="みほん") for n in range(number)
    )


def test_what_is_chosen_beyond_the_page_is_confirmed_in_one_field(ministry, sign_in):
    make_organizations(60)
    client, first = sign_in("coordinator"), Organization.objects.filter(name_kana="みほん")[0]
    asked = {"action": "delete_selected", "_selected_action": first.pk, "select_across": "1"}
    shown = client.post(f"{ORGANIZATIONS}?q=見本機関", asked | {"index": "0"})
    assert fields_of(shown) == ["csrfmiddlewaretoken", "_selected_action", "action", "post"]
    keys = re.search(r'name="_selected_action" value="([^"]*)"', shown.content.decode())[1]
    sent = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}
    assert client.post(f"{ORGANIZATIONS}?q=見本機関", sent).status_code == 302
    assert Organization.objects.filter(name_kana="みほん").count() == 0


def test_too_many_are_refused_before_anything_is_asked(ministry, sign_in):
    make_organizations(1001)
    client, first = sign_in("coordinator"), Organization.objects.filter(name_kana="みほん")[0]
    asked = {"action": "delete_selected", "_selected_action": first.pk, "select_across": "1"}
    answer = client.post(f"{ORGANIZATIONS}?q=見本機関", asked | {"index": "0"}, follow=True)
    assert "一度に選べるのは1,000件までです（選んだのは1,001件）。" in answer.content.decode()
    assert answer.request["QUERY_STRING"]  # the list as it was narrowed down
    assert Organization.objects.filter(name_kana="みほん").count() == 1001


@pytest.mark.parametrize("address", ["/accounts/login/", SHEETS, "/bulk-steps/new/"])
def test_more_fields_than_a_form_may_have_are_answered_with_advice(ministry, sign_in, address):
    client = sign_in("coordinator") if address != "/accounts/login/" else Client()
    client.handler.enforce_csrf_checks = True
    client.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    answer = client.post(address, {f"field_{n}": "1" for n in range(2501)})
    assert answer.status_code == 400
    assert (
        "選ぶ件数や記入した量を減らし、何回かに分けて操作してください。" in answer.content.decode()
    )


def test_the_rows_of_a_record_fit_into_one_form():
    """At the most rows that can be added, with room for as many that were there before."""
    for model_admin in admin.site._registry.values():
        rows = [form for form in model_admin.inlines if issubclass(form, RegisterInline)]
        fields = sum(form.max_num * len(form.model._meta.fields) for form in rows)
        assert fields < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
