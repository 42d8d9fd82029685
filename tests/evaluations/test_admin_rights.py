"""The admin: which role sees and changes what, and that nobody gets round the workflow in it."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from contributions.models import Contribution
from evaluations.enums import State
from evaluations.models import Sheet
from tests.evaluations.pages import change_url, rights
from tests.evaluations.scene import ROLES

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
