"""What was confirmed is what is approved, and what was approved is what is shown from then on."""

import hashlib
import json

import pypdfium2
import pytest
from django.urls import reverse

from accounts.enums import Role
from audit.models import AuditEntry
from contributions.models import YearlyAmount
from core.canonical_json import sha256_of
from evaluations.content import without_reasons
from evaluations.domain.entries import save_entry
from evaluations.domain.grading import grade_sheet
from evaluations.models import IssuedPdf, Revision, Sheet
from evaluations.paper.audit_head import head_inside
from evaluations.paper.sheet_reading import data_inside
from evaluations.queries.content import content_of
from evaluations.refusals import Blocked
from evaluations.workflow import perform
from staffing.models import StaffingSnapshot
from tests.factories import complete, make_person, make_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    sheet = make_sheet()
    return sheet, {
        "officer": make_person(Role.OFFICER, sheet.division),
        "head": make_person(Role.HEAD, sheet.division),
        "reviewer": make_person(Role.REVIEWER),
        "coordinator": make_person(Role.COORDINATOR),
    }


def bring_to_review(sheet, people):
    complete(sheet)
    perform(sheet, "submit", actor=people["officer"], version=sheet.version)
    perform(sheet, "confirm", actor=people["head"], version=sheet.version)
    grade_sheet(sheet, grade="B", reason="着実。", actor=people["reviewer"], version=sheet.version)


def approve(sheet, people):
    perform(sheet, "approve", actor=people["reviewer"], version=sheet.version)


def test_figures_that_changed_after_the_confirmation_are_not_approved(people):
    sheet, people = people
    bring_to_review(sheet, people)
    StaffingSnapshot.objects.filter(japanese_staff=25).update(japanese_staff=24)
    with pytest.raises(Blocked) as blocked:
        approve(sheet, people)
    assert [problem.item for problem in blocked.value.problems] == ["staffing"]
    assert "確認の後に4 日本人職員" in blocked.value.problems[0].message
    assert Sheet.objects.get(pk=sheet.pk).state == "review"
    assert not IssuedPdf.objects.exists()


def test_a_decided_sheet_goes_on_saying_what_was_approved(people, client):
    sheet, people = people
    bring_to_review(sheet, people)
    approve(sheet, people)
    StaffingSnapshot.objects.filter(japanese_staff=25).update(japanese_staff=24)
    YearlyAmount.objects.update(budget_amount_thousand_yen=1)
    approved = content_of(Sheet.objects.get(pk=sheet.pk))
    assert (approved.staffing.japanese_staff, approved.budget_thousand_yen) == (25, 23_100)
    client.force_login(people["reviewer"])
    page = client.get(reverse("sheet_preview", args=[sheet.pk])).content.decode()
    assert "23,100千円" in page
    assert "案" not in page.split("print-preview")[1]


def test_a_reopened_sheet_says_what_the_register_says_now(people):
    sheet, people = people
    bring_to_review(sheet, people)
    approve(sheet, people)
    YearlyAmount.objects.update(budget_amount_thousand_yen=24_000)
    perform(
        sheet, "reopen", actor=people["coordinator"], comment="額の訂正。", version=sheet.version
    )
    assert content_of(Sheet.objects.get(pk=sheet.pk)).budget_thousand_yen == 24_000


def test_a_corrected_sheet_is_decided_as_it_was_corrected(people):
    sheet, people = people
    bring_to_review(sheet, people)
    approve(sheet, people)
    reason = "誤記の訂正のため。"
    actor = people["coordinator"]
    perform(sheet, "reopen", actor=actor, comment=reason, version=sheet.version)
    save_entry(sheet, "plan", "・訂正した計画。", version=1, actor=people["officer"])
    perform(sheet, "submit", actor=people["officer"], version=sheet.version)
    perform(sheet, "confirm", actor=people["head"], version=sheet.version)
    grade_sheet(sheet, grade="A", reason="優良。", actor=people["reviewer"], version=sheet.version)
    approve(sheet, people)
    said = content_of(sheet)
    assert (said.texts["plan"], said.overall_grade) == ("・訂正した計画。", "A")
    printed = pypdfium2.PdfDocument(bytes(IssuedPdf.objects.latest("pk").content))
    words = "".join(each.get_textpage().get_text_range() for each in printed)
    assert "訂正した計画。" in words


def test_the_issued_pdf_is_that_of_the_revision_with_its_data_attached(people):
    sheet, people = people
    bring_to_review(sheet, people)
    approve(sheet, people)
    issued = IssuedPdf.objects.get()
    assert issued.revision == Revision.objects.get(occasion="approve")
    assert sha256_of(issued.revision.content) == issued.revision.sha256
    assert hashlib.sha256(bytes(issued.content)).hexdigest() == issued.sha256
    pdf = pypdfium2.PdfDocument(bytes(issued.content))
    attached = {
        attachment.get_name(): bytes(attachment.get_data())
        for attachment in map(pdf.get_attachment, range(pdf.count_attachments()))
    }
    assert set(attached) == {"sheet.json", "audit-head.json"}
    data = data_inside(bytes(issued.content))
    assert data.sheet == without_reasons(issued.revision.content)
    assert (data.revision, data.is_intact) == (issued.revision.number, True)
    before = AuditEntry.objects.get(action="pdf.issue").sequence - 1
    head = AuditEntry.objects.get(sequence=before).hash
    assert json.loads(attached["audit-head.json"]) == {
        "audit_sequence": before,
        "audit_hash": head,
    }
    assert (issued.audit_sequence, issued.audit_hash) == (before, head)
    assert head_inside(bytes(issued.content)) == (before, head)


def test_each_step_that_freezes_the_sheet_leaves_its_revision(people):
    sheet, people = people
    bring_to_review(sheet, people)
    perform(sheet, "return", actor=people["reviewer"], comment="数値を。", version=sheet.version)
    assert list(sheet.revisions.order_by("number").values_list("number", "occasion")) == [
        (1, "submit"),
        (2, "confirm"),
        (3, "return"),
    ]
    assert [t.revision.number for t in sheet.transitions.order_by("pk")] == [1, 2, 3]
