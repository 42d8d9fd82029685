"""The register and the year in the admin: every change is on record."""

import pytest
from django.urls import reverse

from accounts.models import Division, Membership, User
from audit.models import AuditEntry
from audit.trail import Verification, verify
from contributions.models import Organization
from evaluations.models import Cycle, Sheet
from tests.evaluations.pages import change_url
from tests.factories import PASSWORD, ContributionFactory, edition_of, h30

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]


# --- the register --------------------------------------------------------------------------------
def last_entry():
    entry = AuditEntry.objects.first()
    return entry.action, entry.object_type, entry.actor, entry.before, entry.after


def test_a_change_of_the_register_is_on_record(ministry, sign_in):
    client, coordinator = sign_in("coordinator"), ministry.people["coordinator"]
    division = ministry.sheet.division
    before = AuditEntry.objects.count()
    fields = {"name": "人の安全室", "name_kana": division.name_kana}
    assert client.post(change_url(division), fields).status_code == 302
    assert last_entry() == (
        "register.change",
        "accounts.division",
        coordinator,
        {"name": "人の安全協力室"},
        {"name": "人の安全室"},
    )
    page = client.get(change_url(AuditEntry.objects.first())).content.decode()
    assert "課室名：人の安全協力室 → 人の安全室" in page
    # A division has no timeline.
    assert '<div class="readonly">―</div>' in page
    assert "None" not in page
    # The same again is no change; a new one and its end are one entry each.
    client.post(change_url(division), fields)
    client.post(reverse("admin:accounts_division_add"), {"name": "新設課", "name_kana": "しんせつ"})
    new = Division.objects.get(name="新設課")
    client.post(reverse("admin:accounts_division_delete", args=[new.pk]), {"post": "yes"})
    actions = AuditEntry.objects.order_by("sequence").values_list("action", flat=True)[before:]
    assert list(actions) == ["register.change", "register.add", "register.delete"]
    assert verify() == Verification(before + 3)


def test_what_is_deleted_from_the_list_is_on_record_one_by_one(ministry, sign_in):
    new = [Organization.objects.create(name_ja=f"見本機関{n}") for n in range(3)]
    before = AuditEntry.objects.count()
    sign_in("coordinator").post(
        reverse("admin:contributions_organization_changelist"),
        {"action": "delete_selected", "_selected_action": [o.pk for o in new], "post": "yes"},
    )
    assert AuditEntry.objects.count() == before + 3
    assert {entry.object_label for entry in AuditEntry.objects.all()[:3]} == {
        o.name_ja for o in new
    }


def test_a_role_given_with_the_account_is_on_record(ministry, sign_in):
    client, division = sign_in("superuser"), ministry.sheet.division
    person = ministry.people["nobody"]
    fields = {
        "username": person.username,
        "display_name": person.display_name,
        "email": "",
        "is_active": "on",
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "0",
        "memberships-MIN_NUM_FORMS": "0",
        "memberships-MAX_NUM_FORMS": "1000",
        "memberships-0-role": "officer",
        "memberships-0-division": division.pk,
        "memberships-0-valid_from": "2018-04-01",
        "memberships-0-user": person.pk,
    }
    assert client.post(change_url(person), fields).status_code == 302
    membership = Membership.objects.get(user=person)
    action, kind, actor, _, after = last_entry()
    assert (action, kind, actor, after["role"], after["division_id"]) == (
        "register.add",
        "accounts.membership",
        ministry.people["superuser"],
        "officer",
        division.pk,
    )
    # It can be ended, never taken off the page: past acts were done in it.
    assert membership.title == "人の安全協力室 担当官"


def test_no_page_offers_to_delete_what_is_chosen_in_it(ministry, sign_in):
    client = sign_in("superuser")
    for record in (ministry.people["officer"], ministry.sheet.contribution):
        page = client.get(change_url(record)).content.decode()
        assert "change-related" in page
        assert "delete-related" not in page


def test_a_new_account_is_on_record_without_its_password(ministry, sign_in):
    fields = {
        "username": "shinjin",
        "display_name": "新任 六郎",
        "usable_password": "true",
        "password1": f"{PASSWORD}-2",
        "password2": f"{PASSWORD}-2",
        "memberships-TOTAL_FORMS": "0",
        "memberships-INITIAL_FORMS": "0",
    }
    answer = sign_in("superuser").post(reverse("admin:accounts_user_add"), fields)
    person = User.objects.get(username="shinjin")
    assert (answer.status_code, person.check_password(f"{PASSWORD}-2")) == (302, True)
    action, kind, _, before, after = last_entry()
    assert (action, kind, before, after["username"]) == (
        "register.add",
        "accounts.user",
        {},
        "shinjin",
    )
    assert PASSWORD not in str(after)
    assert person.password not in str(after)


@pytest.mark.parametrize("role", ["officer", "reviewer", "coordinator"])
def test_nobody_gives_themselves_another_role(ministry, sign_in, role):
    client, person = sign_in(role), ministry.people[role]
    before = list(Membership.objects.values())
    own = person.memberships.get()
    for url in (
        reverse("admin:accounts_membership_add"),
        change_url(own),
        reverse("admin:accounts_user_add"),
        change_url(person),
    ):
        fields = {"user": person.pk, "role": "reviewer", "valid_from": "2000-01-01"}
        answer = client.post(url, fields | {"is_superuser": "on", "username": "x"})
        assert (url, answer.status_code) == (url, 403)
    assert list(Membership.objects.values()) == before
    assert not User.objects.get(pk=person.pk).is_superuser


def test_the_record_is_read_and_never_changed(ministry, sign_in):
    entry = AuditEntry.objects.first()
    client = sign_in("superuser")
    assert client.get(change_url(entry)).status_code == 200
    assert client.post(change_url(entry), {"action": "x"}).status_code == 403
    url = reverse("admin:audit_auditentry_delete", args=[entry.pk])
    assert client.post(url, {"post": "yes"}).status_code == 403
    bulk = {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"}
    client.post(reverse("admin:audit_auditentry_changelist"), bulk)
    assert verify() == Verification(AuditEntry.objects.count())


# --- the year ------------------------------------------------------------------------------------
YEAR = {
    "fiscal_year": "2019",
    "evaluation_period_start": "2018-07-01",
    "evaluation_period_end": "2019-06-30",
    "submission_deadline": "2019-08-31",
    "review_deadline": "2019-09-30",
    "publication_date": "",
}


def test_a_year_opened_in_the_admin_makes_its_sheets_once(ministry, sign_in):
    client = sign_in("coordinator")
    add = reverse("admin:evaluations_cycle_add")
    wrong = client.post(add, YEAR | {"edition": h30().pk}).content.decode()
    assert "「平成30年度シート」は2018年度の様式です。2018としてください。" in wrong
    edition = edition_of(2019).pk
    answer = client.post(add, YEAR | {"edition": edition}, follow=True)
    assert "シート2件を作成しました。" in answer.content.decode()
    cycle = Cycle.objects.get(fiscal_year=2019)
    assert cycle.sheets.count() == 2
    assert client.post(add, YEAR | {"edition": edition}).status_code == 200  # already there
    # Changing a deadline makes no sheets, and the year and its form stay.
    later = YEAR | {"submission_deadline": "2019-09-15", "fiscal_year": "2030", "edition": "999"}
    assert client.post(change_url(cycle), later).status_code == 302
    cycle.refresh_from_db()
    assert (str(cycle.submission_deadline), cycle.fiscal_year) == ("2019-09-15", 2019)
    assert last_entry()[3:] == (
        {"submission_deadline": "2019-08-31"},
        {"submission_deadline": "2019-09-15"},
    )
    assert cycle.sheets.count() == 2


@pytest.mark.parametrize(
    ("role", "made"), [("coordinator", 1), ("reviewer", 0), ("officer", 0), ("superuser", 0)]
)
def test_missing_sheets_are_made_by_the_coordinator(ministry, sign_in, role, made):
    ContributionFactory()
    before = Sheet.objects.count()
    fields = {"action": "make_missing_sheets", "_selected_action": [Cycle.objects.get().pk]}
    for _ in range(2):
        sign_in(role).post(reverse("admin:evaluations_cycle_changelist"), fields)
    assert Sheet.objects.count() == before + made


@pytest.mark.parametrize("role", ["coordinator", "superuser"])
def test_no_year_is_ever_deleted(ministry, sign_in, role):
    url = reverse("admin:evaluations_cycle_delete", args=[Cycle.objects.get().pk])
    assert sign_in(role).post(url, {"post": "yes"}).status_code == 403
    assert Cycle.objects.count() == 1
