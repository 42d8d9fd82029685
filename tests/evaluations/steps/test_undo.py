"""A return or an approval taken back, with a reason, as an event of its own."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Membership
from audit.models import AuditEntry
from core.refusals import Invalid, NotAllowed, Stale
from evaluations.domain.entries import save_entry
from evaluations.domain.grading import grade_sheet
from evaluations.enums import State
from evaluations.models import IssuedPdf
from evaluations.refusals import Blocked
from evaluations.workflow import perform
from tests.factories import complete, make_person, make_sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_pdf")]

WHY = "別のシートと取り違えたため。"


@pytest.fixture
def desk():
    """Return a function that takes a step with the sheet, and one person for each role."""
    sheet = complete(make_sheet())
    people = {
        "officer": make_person(Role.OFFICER, sheet.division),
        "head": make_person(Role.HEAD, sheet.division),
        "reviewer": make_person(Role.REVIEWER),
        "colleague": make_person(Role.REVIEWER),
        "coordinator": make_person(Role.COORDINATOR),
    }

    def take(who, action, comment=""):
        return perform(sheet, action, actor=people[who], comment=comment, version=sheet.version)

    take("officer", "submit")
    return sheet, people, take


def test_a_reviewers_return_is_taken_back_to_the_review(desk):
    sheet, _, take = desk
    take("head", "confirm")
    confirmed = sheet.confirmed_at
    take("reviewer", "return", "数値を補ってください。")
    undone = take("colleague", "undo_return", WHY)
    assert (undone.from_state, undone.to_state) == (State.RETURNED, State.REVIEW)
    assert (sheet.state, sheet.confirmed_at) == (State.REVIEW, confirmed)
    # Both stand in the record, each as it was.
    assert [(t.action, t.comment) for t in sheet.transitions.all()][:2] == [
        ("undo_return", WHY),
        ("return", "数値を補ってください。"),
    ]
    assert AuditEntry.objects.filter(action="sheet.undo_return").count() == 1


def test_a_heads_return_is_taken_back_by_the_division_alone(desk):
    sheet, _, take = desk
    take("head", "return", "時期を補ってください。")
    with pytest.raises(NotAllowed, match="差し戻した側"):
        take("reviewer", "undo_return", WHY)
    take("head", "undo_return", WHY)
    assert sheet.state == State.DIVISION_CHECK


def test_what_the_officer_has_begun_to_mend_is_not_shut_away(desk):
    sheet, people, take = desk
    take("head", "return", "時期を補ってください。")
    save_entry(sheet, "plan", "・2018年3月に改めた。", version=1, actor=people["officer"])
    with pytest.raises(Blocked) as refusal:
        take("head", "undo_return", WHY)
    assert [problem.item for problem in refusal.value.problems] == ["plan"]
    assert sheet.state == State.RETURNED


def test_a_return_that_was_a_reopening_is_not_one(desk):
    sheet, people, take = desk
    take("head", "confirm")
    grade_sheet(sheet, grade="B", reason="着実。", actor=people["reviewer"], version=sheet.version)
    take("reviewer", "approve")
    take("coordinator", "reopen", "誤記の訂正のため。")
    with pytest.raises(NotAllowed, match="最後の行為が差戻しではない"):
        take("reviewer", "undo_return", WHY)


def test_an_approval_is_taken_back_and_given_anew(desk):
    sheet, people, take = desk
    take("head", "confirm")
    grade_sheet(sheet, grade="B", reason="着実。", actor=people["reviewer"], version=sheet.version)
    take("reviewer", "approve")
    with pytest.raises(Invalid, match="理由が必要です"):
        take("reviewer", "undo_approve")
    take("reviewer", "undo_approve", WHY)
    assert (sheet.state, sheet.approved_at, sheet.approved_by) == (State.REVIEW, None, None)
    grade_sheet(sheet, grade="A", reason="優良。", actor=people["reviewer"], version=sheet.version)
    take("colleague", "approve")
    assert sheet.approved_by == people["colleague"]
    # What was issued before stays in the archive; the newest is the valid one.
    issued = IssuedPdf.objects.order_by("pk")
    assert [pdf.revision.content["items"]["overall_grade"] for pdf in issued] == ["B", "A"]


def test_the_very_same_request_acts_once_and_has_one_receipt(desk):
    sheet, people, take = desk
    take("head", "confirm")
    seen = sheet.version
    receipts = {
        perform(sheet, "return", actor=people["reviewer"], comment=WHY, version=seen).pk
        for _ in range(5)
    }
    assert len(receipts) == 1
    assert sheet.transitions.filter(action="return").count() == 1
    assert (sheet.state, sheet.version) == (State.RETURNED, seen + 1)


def test_a_receipt_is_for_those_who_still_see_the_sheet(desk, client):
    sheet, people, take = desk
    take("head", "confirm")
    officer, seen = people["officer"], sheet.version
    take("reviewer", "return", WHY)
    request = {"actor": people["reviewer"], "comment": WHY, "version": seen}
    # A person who is a coordinator now sees the sheet and cannot return it: only the receipt.
    Membership.objects.filter(user=people["reviewer"]).update(role=Role.COORDINATOR)
    again = perform(sheet, "return", **request)
    assert again == sheet.transitions.first()
    client.force_login(people["reviewer"])
    url = reverse("sheet_act", args=[sheet.pk, "return"])
    page = client.post(url, {"comment": WHY, "version": seen}, follow=True).content.decode()
    assert f"受付番号{again.pk}" in page
    Membership.objects.filter(user=people["reviewer"]).update(role=Role.VIEWER)
    with pytest.raises(NotAllowed, match="今の役割では"):
        perform(sheet, "return", **request)
    assert client.post(url, {"comment": WHY, "version": seen}).status_code == 404
    # Nobody learns by somebody else's request that it was made.
    with pytest.raises(Stale):
        perform(sheet, "return", actor=officer, comment=WHY, version=seen)
    assert sheet.transitions.filter(action="return").count() == 1
