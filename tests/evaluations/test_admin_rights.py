"""The admin: which role sees and changes what, and that nobody gets round the workflow in it."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.audit import Verification, verify
from accounts.models import AuditEntry, Division, Membership, User
from contributions.models import Contribution, Organization
from evaluations.enums import State
from evaluations.models import Cycle, Sheet, Transition
from tests.evaluations.pages import change_url, rights
from tests.evaluations.scene import ROLES
from tests.factories import PASSWORD, ContributionFactory, edition_of, h30

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

# fmt: off
#   v sees   c adds and changes   d deletes as well   - nothing of it is shown
#
#                              offi  head  other other revi  coor  view  no    super
#                              cer         offi  head  ewer  dina  er    body  user
RIGHTS = """
accounts.user                  -     -     -     -     -     -     -     -     vcd
accounts.membership            -     -     -     -     -     v     -     -     vc
accounts.deputyship            -     -     -     -     -     v     -     -     vc
accounts.auditentry            -     -     -     -     -     v     -     -     v
accounts.outgoingmail          -     -     -     -     -     -     -     -     v
accounts.divisionsuccession    v     v     v     v     v     v     -     -     vc
accounts.division              v     v     v     v     v     vcd   -     -     vcd
contributions.organization     v     v     v     v     v     vcd   -     -     vcd
contributions.contribution     v     v     v     v     v     vcd   -     -     vcd
contributions.yearlyamount     v     v     v     v     v     vcd   -     -     vcd
contributions.financialreport  v     v     v     v     v     vcd   -     -     vcd
staffing.staffingsnapshot      v     v     v     v     v     vcd   -     -     vcd
evaluations.edition            v     v     v     v     v     v     -     -     v
evaluations.cycle              v     v     v     v     v     vc    -     -     v
evaluations.sheet              v     v     v     v     v     v     -     -     v
"""
# fmt: on
LINES = [line.split() for line in RIGHTS.strip().splitlines()]


def test_every_model_of_the_admin_is_in_the_table():
    assert {model._meta.label_lower for model in admin.site._registry} == {
        label for label, *_ in LINES
    }


@pytest.mark.parametrize(("label", "cells"), [(label, cells) for label, *cells in LINES])
def test_rights_by_role(ministry, label, cells):
    model_admin = next(a for m, a in admin.site._registry.items() if m._meta.label_lower == label)
    found = [rights(model_admin, ministry.people[role]) for role in ROLES]
    assert dict(zip(ROLES, found, strict=True)) == dict(zip(ROLES, cells, strict=True))


# --- sheets --------------------------------------------------------------------------------------
def editable(client, sheet):
    """Return the fields a person can fill in on the sheet's page."""
    page = client.get(change_url(sheet)).content.decode()
    main = re.search(r'<form[^>]*id="sheet_form".*?</form>', page, re.DOTALL)[0]
    names = re.findall(r'<(?:input|select|textarea)[^>]*\sname="([^"]+)"', main)
    return {n for n in names if not n.startswith(("csrf", "_")) and n not in INLINES}


INLINES = {
    f"{inline}-{name}": "0"
    for inline in (
        "transitions",
        "comment_threads",
        "second_readings",
        "improvement_points",
        "improvement_answers",
    )
    for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
}
GRADE = {"overall_grade", "overall_grade_reason", "version"}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("role", ["officer", "head", "reviewer", "coordinator"])
def test_a_sheet_has_nothing_to_fill_in_but_the_reviewers_grade(ministry, sign_in, role, state):
    sheet = ministry.put(state)
    expected = GRADE if (role, state) == ("reviewer", State.REVIEW) else set()
    assert editable(sign_in(role), sheet) == expected


FORGED = {
    "state": "published",
    "published_at_0": "2018-10-01",
    "published_at_1": "00:00:00",
    "approved_by": "1",
    "division": "1",
    "contribution": "1",
    "edition": "1",
    "search_text": "x",
}


def facts(sheet):
    return Sheet.objects.filter(pk=sheet.pk).values().get()


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("role", ["officer", "reviewer", "coordinator", "superuser"])
def test_what_is_sent_past_the_page_changes_nothing(ministry, sign_in, role, state):
    sheet = ministry.put(state)
    before = facts(sheet)
    fields = FORGED | INLINES | {"version": sheet.version}
    answer = sign_in(role).post(change_url(sheet), fields)
    assert answer.status_code in {200, 302, 403}
    assert facts(sheet) == before
    # The reviewer's own page takes the grade, and again nothing else.
    if (role, state) == ("reviewer", State.REVIEW):
        grade = {"overall_grade": "B", "overall_grade_reason": "着実。"}
        assert sign_in(role).post(change_url(sheet), fields | grade).status_code == 302
        after = facts(sheet)
        stamps = {"graded_by_id": ministry.people[role].pk, "graded_at": after["graded_at"]}
        assert after == before | grade | stamps | {"version": before["version"] + 1}


def test_a_grade_on_an_older_look_is_refused(ministry, sign_in):
    sheet = ministry.put(State.REVIEW)
    before = facts(sheet)
    fields = INLINES | {"overall_grade": "B", "overall_grade_reason": "着実。", "version": 0}
    answer = sign_in("reviewer").post(change_url(sheet), fields)
    errors = answer.context["adminform"].form.errors
    assert errors == {
        "version": ["画面を開いた後に、評価又は状態が変わりました。開き直して確かめてください。"]
    }
    assert facts(sheet) == before


@pytest.mark.parametrize("role", ["officer", "reviewer", "coordinator", "superuser"])
def test_no_sheet_is_ever_added_or_deleted_in_the_admin(ministry, sign_in, role):
    client, sheet = sign_in(role), ministry.sheet
    assert client.post(reverse("admin:evaluations_sheet_add"), FORGED).status_code == 403
    url = reverse("admin:evaluations_sheet_delete", args=[sheet.pk])
    assert client.post(url, {"post": "yes"}).status_code in {302, 403}
    bulk = {"action": "delete_selected", "_selected_action": [sheet.pk], "post": "yes"}
    client.post(reverse("admin:evaluations_sheet_changelist"), bulk)
    assert Sheet.objects.count() == 2


def test_a_contribution_with_sheets_cannot_be_deleted(ministry, sign_in):
    client, contribution = sign_in("coordinator"), ministry.sheet.contribution
    url = reverse("admin:contributions_contribution_delete", args=[contribution.pk])
    client.post(url, {"post": "yes"})
    bulk = {"action": "delete_selected", "_selected_action": [contribution.pk], "post": "yes"}
    client.post(reverse("admin:contributions_contribution_changelist"), bulk)
    assert Contribution.objects.filter(pk=contribution.pk).exists()


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
    versions = {f"version_{sheet.pk}": sheet.version for sheet in both}
    done = bulk(client, "publish", both, confirmed="yes", version=0, comment="", **versions)
    assert {message for _, _, message in results(done)} == {"「公表」を実行しました。"}
    assert set(Sheet.objects.values_list("state", flat=True)) == {"published"}
    assert verify() == Verification(AuditEntry.objects.count())


@pytest.mark.parametrize("seen", ["0", "", "x", "-1", "9" * 5000, "１"])
def test_what_changed_since_it_was_shown_is_refused_by_itself(ministry, sign_in, seen):
    fresh, stale = ministry.put(State.APPROVED), ministry.put(State.APPROVED, ministry.other_sheet)
    versions = {f"version_{fresh.pk}": fresh.version, f"version_{stale.pk}": seen}
    done = bulk(
        sign_in("coordinator"), "publish", [fresh, stale], confirmed="yes", version=0, **versions
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
    fields = {"confirmed": "yes", "version": 0, f"version_{sheet.pk}": sheet.version}
    answer = bulk(sign_in("reviewer"), "return", [sheet], comment=" ", **fields)
    assert answer.context["form"].errors == {"comment": ["理由を記入してください。"]}
    assert (answer.context["done"], Sheet.objects.get(pk=sheet.pk).state) == (False, "review")


@pytest.mark.parametrize("role", ["officer", "head", "reviewer", "superuser"])
def test_a_step_that_is_somebody_elses_is_refused_in_bulk_too(ministry, sign_in, role):
    sheet = ministry.put(State.APPROVED)
    fields = {"confirmed": "yes", "version": 0, f"version_{sheet.pk}": sheet.version}
    answer = bulk(sign_in(role), "publish", [sheet], **fields)
    found = results(answer) if answer.context and "lines" in answer.context else []
    assert found in ([], [(sheet, False, "取りまとめの担当が行います。")])
    assert Sheet.objects.get(pk=sheet.pk).state == "approved"


def test_somebody_elses_sheet_cannot_be_chosen_in_bulk(ministry, sign_in):
    other = ministry.other_sheet
    fields = {"confirmed": "yes", "version": 0, f"version_{other.pk}": other.version}
    answer = bulk(sign_in("officer"), "submit", [other], **fields)
    assert "ゼータ計画" not in answer.content.decode()
    assert Sheet.objects.get(pk=other.pk).state == "draft"


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
    url = reverse("admin:accounts_auditentry_delete", args=[entry.pk])
    assert client.post(url, {"post": "yes"}).status_code == 403
    bulk = {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"}
    client.post(reverse("admin:accounts_auditentry_changelist"), bulk)
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


@pytest.mark.parametrize("words", ["a " * 1500, "あ" * 3000, "%", "_", "\\", "'"])
def test_the_search_of_the_admin_takes_anything(ministry, sign_in, words):
    assert sign_in("reviewer").get(LIST, {"q": words}).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        {"search_text__regex": "((a"},
        {"search_text__iregex": "(a+)+$"},
        {"authorships__user__password__startswith": "a"},
        {"_popup": "1", "_to_field": "search_text"},
    ],
)
def test_an_address_that_asks_too_much_is_refused(ministry, sign_in, query):
    assert sign_in("reviewer").get(LIST, query).status_code == 400


@pytest.mark.parametrize("chosen", ["abc", "", "9" * 30, "\x00", "1.5"])
def test_what_cannot_be_a_sheet_cannot_be_chosen(ministry, sign_in, chosen):
    client = sign_in("reviewer")
    client.raise_request_exception = False
    fields = {"action": "approve", "_selected_action": [ministry.sheet.pk, chosen]}
    assert client.post(LIST, fields).status_code == 400
