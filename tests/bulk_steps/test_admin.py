"""The actions of the admin's list of sheets lead to the confirmation page of bulk steps."""

import pytest

from bulk_steps.domain.requests import MOST_SHEETS
from bulk_steps.models import BulkStep
from evaluations.admin import SheetAdmin
from evaluations.enums import Action, State
from evaluations.models import Sheet
from tests.bulk_steps.conftest import DONE, confirm, outcome, states

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

LIST = "/admin/evaluations/sheet/"


def bulk(client, action, sheets, **fields):
    """Choose sheets and an action in the list, and follow where it leads."""
    chosen = {"action": action, "_selected_action": [sheet.pk for sheet in sheets]}
    return client.post(LIST, chosen | fields, follow=True)


def test_an_action_leads_to_the_confirmation_and_is_taken_there(ministry, sign_in):
    both = [ministry.put(State.APPROVED, s) for s in (ministry.sheet, ministry.other_sheet)]
    client = sign_in("coordinator")
    page = bulk(client, "publish", both)
    assert page.templates[0].name == "bulk_steps/new.html"
    assert {line.sheet: line.ok for line in page.context["lines"]} == dict.fromkeys(both, True)
    assert states(both) == ["approved", "approved"]
    confirm(client, page)
    assert outcome(BulkStep.objects.get()) == dict.fromkeys(both, DONE["publish"])
    assert states(both) == ["published", "published"]


@pytest.mark.parametrize("action", Action)
def test_every_step_is_an_action_with_the_same_page(ministry, sign_in, action):
    page = bulk(sign_in("coordinator"), action.value, [ministry.sheet])
    assert page.context["action"] == action


def test_all_that_match_are_chosen_beyond_the_page(ministry, sign_in):
    first = ministry.sheet
    page = bulk(sign_in("reviewer"), "approve", [first], select_across="1", index="0")
    assert [line.sheet for line in page.context["lines"]] == list(Sheet.objects.order_by("pk"))


@pytest.mark.parametrize("role", ["nobody", "superuser"])
def test_who_sees_no_sheets_comes_to_no_confirmation(ministry, sign_in, role):
    sheet = ministry.put(State.APPROVED)
    answer = bulk(sign_in(role), "publish", [sheet])
    assert "lines" not in (answer.context or {})
    assert states([sheet]) == ["approved"]


def test_somebody_elses_sheet_cannot_be_chosen(ministry, sign_in):
    answer = bulk(sign_in("officer"), "submit", [ministry.other_sheet])
    assert "ゼータ計画" not in answer.content.decode()
    assert not BulkStep.objects.exists()


@pytest.mark.parametrize("chosen", ["abc", "", "9" * 30, "\x00", "1.5"])
def test_what_cannot_be_a_sheet_cannot_be_chosen(ministry, sign_in, chosen):
    client = sign_in("reviewer")
    client.raise_request_exception = False
    fields = {"action": "approve", "_selected_action": [ministry.sheet.pk, chosen]}
    assert client.post(LIST, fields).status_code == 400


def test_more_than_a_bulk_step_may_have_are_refused_in_the_list(ministry, sign_in, monkeypatch):
    """At most so many that their keys, of six digits, fit into an address (4,094 characters)."""
    assert SheetAdmin.most_selected == MOST_SHEETS
    assert MOST_SHEETS * 7 + 100 < 4094
    monkeypatch.setattr(SheetAdmin, "most_selected", 1)
    page = bulk(sign_in("reviewer"), "approve", [ministry.sheet, ministry.other_sheet])
    assert page.redirect_chain == [(LIST, 302)]
    assert "一度に選べるのは1件までです（選んだのは2件）。" in page.content.decode()
