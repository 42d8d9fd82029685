"""Steps with many sheets at once in the admin: shown first, then taken one by one."""

import re

import pytest
from django.conf import settings
from django.contrib import admin
from django.test import Client

from accounts.admin.base import RegisterInline
from audit.models import AuditEntry
from audit.trail import Verification, verify
from contributions.models import Organization
from evaluations.enums import State
from evaluations.models import Sheet, Transition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]


# --- many at once --------------------------------------------------------------------------------
LIST = "/admin/evaluations/sheet/"


def bulk(client, action, sheets, **fields):
    """Ask for a step with several sheets; with ``confirmed``, take it."""
    chosen = {"action": action, "_selected_action": [sheet.pk for sheet in sheets]}
    return client.post(LIST, chosen | fields)


def results(answer):
    return [(line.sheet, line.ok, line.message) for line in answer.context["lines"]]


def test_a_step_with_many_is_shown_before_it_is_taken(ministry, sign_in):
    for sheet in (ministry.sheet, ministry.other_sheet):
        ministry.put(State.APPROVED, sheet)
    both = [ministry.sheet, ministry.other_sheet]
    client = sign_in("coordinator")
    shown = bulk(client, "publish", both)
    assert {(sheet, ok) for sheet, ok, _ in results(shown)} == {(sheet, True) for sheet in both}
    assert Transition.objects.count() == 0
    versions = shown.context["versions"]
    assert versions.split() == [
        f"{line.sheet.pk}:{line.version}" for line in shown.context["lines"]
    ]
    done = bulk(client, "publish", both, confirmed="yes", version=0, versions=versions)
    assert {message for _, _, message in results(done)} == {"「公表」を実行しました。"}
    assert set(Sheet.objects.values_list("state", flat=True)) == {"published"}
    assert verify() == Verification(AuditEntry.objects.count())


@pytest.mark.parametrize("seen", ["0", "", "x", "-1", "9" * 5000, "１"])
def test_what_changed_since_it_was_shown_is_refused_by_itself(ministry, sign_in, seen):
    fresh, stale = ministry.put(State.APPROVED), ministry.put(State.APPROVED, ministry.other_sheet)
    versions = f"{fresh.pk}:{fresh.version} {stale.pk}:{seen}"
    done = bulk(
        sign_in("coordinator"),
        "publish",
        [fresh, stale],
        confirmed="yes",
        version=0,
        versions=versions,
    )
    outcome = {sheet: (ok, message) for sheet, ok, message in results(done)}
    assert outcome[fresh] == (True, "「公表」を実行しました。")
    assert outcome[stale] == (
        False,
        "画面を開いた後にシートが更新されました。最新の内容を確かめて、もう一度操作してください。",
    )
    states = [Sheet.objects.get(pk=sheet.pk).state for sheet in (fresh, stale)]
    assert states == ["published", "approved"]


def test_without_a_reason_nothing_is_returned(ministry, sign_in):
    sheet = ministry.put(State.REVIEW)
    fields = {"confirmed": "yes", "version": 0, "versions": f"{sheet.pk}:{sheet.version}"}
    answer = bulk(sign_in("reviewer"), "return", [sheet], comment=" ", **fields)
    assert answer.context["form"].errors == {"comment": ["理由を記入してください。"]}
    assert (answer.context["done"], Sheet.objects.get(pk=sheet.pk).state) == (False, "review")


@pytest.mark.parametrize("role", ["officer", "head", "reviewer", "superuser"])
def test_a_step_that_is_somebody_elses_is_refused_in_bulk_too(ministry, sign_in, role):
    sheet = ministry.put(State.APPROVED)
    fields = {"confirmed": "yes", "version": 0, "versions": f"{sheet.pk}:{sheet.version}"}
    answer = bulk(sign_in(role), "publish", [sheet], **fields)
    found = results(answer) if answer.context and "lines" in answer.context else []
    assert found in ([], [(sheet, False, "取りまとめの担当が行います。")])
    assert Sheet.objects.get(pk=sheet.pk).state == "approved"


def test_somebody_elses_sheet_cannot_be_chosen_in_bulk(ministry, sign_in):
    other = ministry.other_sheet
    fields = {"confirmed": "yes", "version": 0, "versions": f"{other.pk}:{other.version}"}
    answer = bulk(sign_in("officer"), "submit", [other], **fields)
    assert "ゼータ計画" not in answer.content.decode()
    assert Sheet.objects.get(pk=other.pk).state == "draft"


@pytest.mark.parametrize("chosen", ["abc", "", "9" * 30, "\x00", "1.5"])
def test_what_cannot_be_a_sheet_cannot_be_chosen(ministry, sign_in, chosen):
    client = sign_in("reviewer")
    client.raise_request_exception = False
    fields = {"action": "approve", "_selected_action": [ministry.sheet.pk, chosen]}
    assert client.post(LIST, fields).status_code == 400


# --- many more ------------------------------------------------------------------------------------
def fields_of(answer):
    """Return the names that the form on a page sends."""
    form = re.search(r"<form method=\"post\".*?</form>", answer.content.decode(), re.DOTALL)[0]
    return re.findall(r'<(?:input|textarea)[^>]*\sname="([^"]+)"', form)


@pytest.mark.parametrize("address", [LIST, "/queue/bulk/"])
def test_the_confirmation_has_as_many_fields_for_many_as_for_one(ministry, sign_in, address):
    for sheet in (ministry.sheet, ministry.other_sheet):
        ministry.put(State.APPROVED, sheet)
    both, client = [ministry.sheet.pk, ministry.other_sheet.pk], sign_in("coordinator")
    one, two = (
        fields_of(
            client.post(
                address, {"action": "publish", "_selected_action": both[:n], "sheet": both[:n]}
            )
        )
        for n in (1, 2)
    )
    assert one == two


ORGANIZATIONS = "/admin/contributions/organization/"


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


@pytest.mark.parametrize("address", ["/accounts/login/", LIST, "/queue/bulk/"])
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
