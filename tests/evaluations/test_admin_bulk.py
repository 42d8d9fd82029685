"""Steps with many sheets at once in the admin: shown first, then taken one by one."""

import pytest

from accounts.audit import Verification, verify
from accounts.models import AuditEntry
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


@pytest.mark.parametrize("chosen", ["abc", "", "9" * 30, "\x00", "1.5"])
def test_what_cannot_be_a_sheet_cannot_be_chosen(ministry, sign_in, chosen):
    client = sign_in("reviewer")
    client.raise_request_exception = False
    fields = {"action": "approve", "_selected_action": [ministry.sheet.pk, chosen]}
    assert client.post(LIST, fields).status_code == 400
