"""Pages of the admin that were open for long take nothing back, and roles stay what they were."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.domain.deputies import appoint_deputy
from accounts.domain.transfers import transfer
from accounts.enums import Role
from accounts.models import Deputyship, Membership
from accounts.roles import roles_of
from audit.models import AuditEntry
from audit.records import save_record
from contributions.models import Contribution
from evaluations.domain.reorganisation import reorganise
from tests.evaluations.pages import change_url, filled_in
from tests.evaluations.plans import all_to_the_first, renamed_today
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(ministry, client):
    client.force_login(ministry.people["superuser"])
    return ministry.people["superuser"]


def rename(ministry, administrator):
    plan = renamed_today(ministry.sheet.division)
    reorganise(plan, all_to_the_first(plan), actor=administrator)


def test_a_page_opened_before_a_reorganisation_does_not_undo_it(ministry, administrator, client):
    url = change_url(ministry.sheet.contribution)
    sent = filled_in(client.get(url)) | {"name": "改めた名称の拠出金"}
    rename(ministry, administrator)
    before = AuditEntry.objects.count()
    answer = client.post(url, sent)
    page = answer.content.decode()
    assert (
        "分担金・拠出金「国際移住機関（IOM）拠出金」は、画面を開いた後にほかの人が変更したため、"
        "保存しませんでした。" in page
    )
    # What was typed is given back, beside the way to the page of now.
    assert answer.status_code == 409
    typed = [(each.label, each.text) for each in answer.context["sent"].texts]
    assert ("分担金・拠出金名", "改めた名称の拠出金") in typed
    assert f'href="{url}">今の画面を開く' in page
    assert AuditEntry.objects.count() == before
    # What the page shows now can be stored.
    sent = filled_in(client.get(url)) | {"name": "改めた名称の拠出金"}
    assert client.post(url, sent).status_code == 302
    stored = Contribution.objects.get(pk=ministry.sheet.contribution_id)
    assert (stored.name, stored.responsible_division.name) == ("改めた名称の拠出金", "改称課")


def test_no_contribution_is_given_to_a_division_that_has_ended(ministry, administrator, client):
    url, old = change_url(ministry.sheet.contribution), ministry.sheet.division
    rename(ministry, administrator)
    answer = client.post(url, filled_in(client.get(url)) | {"responsible_division": old.pk})
    assert "人の安全協力室は" in answer.content.decode()
    assert "に終わりました。今ある課室を選んでください。" in answer.content.decode()
    stored = Contribution.objects.get(pk=ministry.sheet.contribution_id)
    assert stored.responsible_division.name == "改称課"


def test_a_page_opened_before_a_transfer_does_not_revive_the_role(ministry, administrator, client):
    """The role stands on the person's page, in a row of its own."""
    officer, today = ministry.people["officer"], timezone.localdate()
    url = change_url(officer)
    sent = filled_in(client.get(url)) | {"display_name": "担当 華子"}
    leave = list(officer.memberships.all())
    transfer(officer, last_day=today, leave=leave, posts=[], actor=administrator)
    answer = client.post(url, sent, follow=True).content.decode()
    assert "保存しませんでした。" in answer
    assert officer.memberships.get().valid_until == today
    officer.refresh_from_db()
    assert officer.display_name == "担当 花子"


def test_a_slip_does_not_make_an_old_page_a_fresh_one(ministry, administrator, client):
    division = ministry.sheet.division
    url = change_url(division)
    shown = filled_in(client.get(url))
    slip = client.post(url, shown | {"name": ""})
    assert slip.context["seen"] == shown["seen"]
    division.name_kana = "ひとのあんぜん"
    save_record(division, actor=administrator)
    client.post(url, shown)
    division.refresh_from_db()
    assert division.name_kana == "ひとのあんぜん"


def test_signing_in_changes_nothing_of_a_persons_page(ministry, administrator, client):
    officer = ministry.people["officer"]
    url = change_url(officer)
    sent = filled_in(client.get(url)) | {"display_name": "担当 華子"}
    officer.last_login = timezone.now()
    officer.save()
    assert client.post(url, sent).status_code == 302
    officer.refresh_from_db()
    assert officer.display_name == "担当 華子"


@pytest.mark.parametrize("where", ["membership", "person"])
def test_a_role_that_is_lent_stays_the_role_it_is(ministry, administrator, client, where):
    """Only the days of a stored role change: another role is another row."""
    officer, deputy = ministry.people["officer"], UserFactory()
    membership, today = officer.memberships.get(), timezone.localdate()
    lent = Deputyship(
        membership=membership, deputy=deputy, valid_from=today, valid_until=today, reason="出張"
    )
    appoint_deputy(lent, actor=officer)
    url, prefix = {
        "membership": (change_url(membership), ""),
        "person": (change_url(officer), "memberships-0-"),
    }[where]
    sent = filled_in(client.get(url)) | {
        f"{prefix}user": ministry.people["viewer"].pk,
        f"{prefix}role": "coordinator",
        f"{prefix}division": "",
        f"{prefix}valid_until": "2030-03-31",
    }
    if where == "person":
        sent["memberships-0-user"] = officer.pk
    assert client.post(url, sent).status_code == 302
    stored = Membership.objects.get(pk=membership.pk)
    assert (stored.user, stored.role, stored.division, stored.valid_until) == (
        officer,
        Role.OFFICER,
        ministry.sheet.division,
        date(2030, 3, 31),
    )
    assert not roles_of(deputy).is_coordinator
    assert roles_of(deputy).officer_of == {ministry.sheet.division_id}


def test_a_new_role_can_be_given_beside_a_stored_one(ministry, administrator, client):
    officer = ministry.people["officer"]
    url = change_url(officer)
    sent = filled_in(client.get(url)) | {
        "memberships-TOTAL_FORMS": "2",
        "memberships-1-user": officer.pk,
        "memberships-1-role": "reviewer",
        "memberships-1-valid_from": "2020-01-01",
    }
    assert client.post(url, sent).status_code == 302
    assert roles_of(officer).is_reviewer


def test_a_person_without_the_right_is_told_nothing_by_an_old_page(ministry, client):
    client.force_login(ministry.people["coordinator"])
    url = change_url(ministry.people["officer"])
    assert client.post(url, {"seen": "0" * 64}).status_code == 403
