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
audit.auditentry            -     -     -     -     -     v     -     -     v
notices.outgoingmail          -     -     -     -     -     -     -     -     v
accounts.divisionsuccession    v     v     v     v     v     v     -     -     vc
accounts.division              v     v     v     v     v     vcd   -     -     vcd
contributions.organization     v     v     v     v     v     vcd   -     -     vcd
contributions.contribution     v     v     v     v     v     vcd   -     -     vcd
contributions.yearlyamount     v     v     v     v     v     vcd   -     -     vcd
contributions.financialreport  v     v     v     v     v     vcd   -     -     vcd
staffing.staffingsnapshot      v     v     v     v     v     vcd   -     -     vcd
editions.edition               v     v     v     v     v     v     -     -     v
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
def editable(page):
    """Return the fields a person can fill in on a sheet's page."""
    main = re.search(r'<form[^>]*id="sheet_form".*?</form>', page, re.DOTALL)[0]
    names = re.findall(r'<(?:input|select|textarea)[^>]*\sname="([^"]+)"', main)
    return {n for n in names if not n.startswith(("csrf", "_")) and not n.endswith("_FORMS")}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("role", ["officer", "head", "reviewer", "coordinator"])
def test_a_sheet_has_nothing_to_fill_in_and_leads_the_reviewer_to_the_grade(
    ministry, sign_in, role, state
):
    sheet, client = ministry.put(state), sign_in(role)
    page = client.get(change_url(sheet)).content.decode()
    assert editable(page) == set()
    grading = reverse("sheet_grade", args=[sheet.pk])
    leads_on = (role, state) == ("reviewer", State.REVIEW)
    assert (f'href="{grading}"' in page) == leads_on
    assert (client.get(grading).status_code == 200) == leads_on


FORGED = {
    "state": "published",
    "published_at_0": "2018-10-01",
    "published_at_1": "00:00:00",
    "approved_by": "1",
    "division": "1",
    "contribution": "1",
    "edition": "1",
    "search_text": "x",
    "overall_grade": "B",
    "overall_grade_reason": "着実。",
}


def facts(sheet):
    return Sheet.objects.filter(pk=sheet.pk).values().get()


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("role", ["officer", "reviewer", "coordinator", "superuser"])
def test_what_is_sent_past_the_page_changes_nothing(ministry, sign_in, role, state):
    sheet = ministry.put(state)
    before = facts(sheet)
    answer = sign_in(role).post(change_url(sheet), FORGED | {"version": sheet.version})
    assert answer.status_code == 403
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
