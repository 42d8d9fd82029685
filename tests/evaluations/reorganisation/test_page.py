"""The administrator's page: everything is shown before anything changes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Membership
from audit.models import AuditEntry
from contributions.models import Contribution
from tests.evaluations.reorganisation.carrying_out import BEFORE, carry_out, plan_of, titles
from tests.factories import ContributionFactory, make_person, make_sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

URL = "/admin/accounts/divisionsuccession/add/"


def fields(ministry, **more):
    return {
        "kind": "split",
        "on": "2019年4月1日",
        "old": [ministry.sheet.division_id],
        "name_1": "移住室",
        "name_2": "人道室",
    } | more


def test_the_page_shows_everything_before_it_changes_anything(ministry, administrator, client):
    client.force_login(administrator)
    before = AuditEntry.objects.count()
    assert client.get(URL).status_code == 200
    shown = client.post(URL, fields(ministry)).content.decode()
    for words in (
        "国際移住機関（IOM）拠出金",
        "担当 花子（人の安全協力室 担当官）",
        "移るシート（1件）",
    ):
        assert words in shown
    assert AuditEntry.objects.count() == before

    missing = client.post(URL, fields(ministry, confirmed="yes"))
    assert missing.status_code == 422
    assert "「国際移住機関（IOM）拠出金」の引継ぎ先を選んでください。" in missing.content.decode()
    assert AuditEntry.objects.count() == before

    chosen = {f"contribution_{ministry.sheet.contribution_id}": "1"} | {
        f"membership_{each.pk}": "1" if each.role == Role.HEAD else "end"
        for each in Membership.objects.filter(division=ministry.sheet.division)
    }
    done = client.post(URL, fields(ministry, confirmed="yes") | chosen)
    assert done.status_code == 302
    assert Contribution.objects.get(
        pk=ministry.sheet.contribution_id
    ).responsible_division.name == ("人道室")
    assert titles(ministry.people["officer"]) == ()
    assert titles(ministry.people["head"]) == ("人道室 課室長",)


def test_a_slip_is_told_at_once(ministry, administrator, client):
    client.force_login(administrator)
    answer = client.post(URL, fields(ministry, name_2=""))
    assert answer.status_code == 422
    assert (
        "分割では、前の課室を一つ選び、後の課室を二つ以上記入してください。"
        in answer.content.decode()
    )
    assert client.post(URL, {}).status_code == 422


def test_before_the_day_the_page_shows_and_does_not_carry_out(
    ministry, administrator, client, clock
):
    clock.move_to(BEFORE)
    client.force_login(administrator)
    shown = client.post(URL, fields(ministry)).content.decode()
    assert "施行日になってから、この画面で実行してください。" in shown
    assert "この内容で実行する" not in shown


@pytest.mark.parametrize("role", ["officer", "head", "reviewer", "coordinator"])
def test_the_page_is_the_administrators(ministry, client, role):
    client.force_login(ministry.people[role])
    assert client.get(URL).status_code == 403
    assert client.post(URL, fields(ministry)).status_code == 403


def test_a_division_that_has_ended_is_offered_for_nothing_new(ministry, administrator, client):
    carry_out(plan_of("rename", [ministry.sheet.division], "人間の安全保障室"), administrator)
    client.force_login(administrator)
    asked = {"app_label": "accounts", "model_name": "membership", "field_name": "division"}
    offered = client.get(reverse("admin:autocomplete"), asked | {"term": ""}).json()["results"]
    assert {each["text"] for each in offered} == {"人間の安全保障室", "地球環境協力課"}
    late = {"user": administrator.pk, "role": "officer", "division": ministry.sheet.division_id}
    answer = client.post(
        reverse("admin:accounts_membership_add"), late | {"valid_from": "2019-04-01"}
    )
    assert "人の安全協力室は2019年3月31日に終わりました。" in answer.content.decode()
    # It stays in the register, and in the filters of what is past.
    assert (
        "人の安全協力室"
        in client.get(reverse("admin:accounts_division_changelist")).content.decode()
    )


def test_the_preview_asks_no_more_for_many_than_for_few(ministry, administrator, client):
    client.force_login(administrator)
    client.post(URL, fields(ministry))
    asked = []
    for number in (0, 5):
        for _ in range(number):
            make_sheet(ContributionFactory(responsible_division=ministry.sheet.division))
            make_person(Role.OFFICER, ministry.sheet.division)
        with CaptureQueriesContext(connection) as queries:
            client.post(URL, fields(ministry))
        asked.append(len(queries))
    assert asked[0] == asked[1]
