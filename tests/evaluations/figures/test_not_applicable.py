"""該当なし: what an organisation does not have is said once, with its reason, and asked no more."""

from datetime import date

import pytest

from contributions.models import FinancialReport
from evaluations.checks import findings_in
from evaluations.content import from_json, to_json
from evaluations.models import Sheet
from evaluations.paper.build import build
from evaluations.paper.schema import problems_for
from evaluations.queries.checked_sheets import checked_sheet_of
from evaluations.queries.content import content_of
from staffing.models import StaffingSnapshot
from tests.factories import complete, make_sheet

pytestmark = pytest.mark.django_db

REASON = "条約の事務局であり、自らの職員を持たないため。"


@pytest.fixture
def sheet():
    """A complete sheet on an organisation that has neither staff nor financial reports."""
    sheet = complete(make_sheet())
    StaffingSnapshot.objects.all().delete()
    StaffingSnapshot.objects.create(
        organization=sheet.contribution.organization,
        as_of=date(2012, 12, 31),
        not_applicable_reason=REASON,
    )
    FinancialReport.objects.update(
        status="not_applicable", received_month=None, covers_fiscal_year=None, reason=REASON
    )
    return Sheet.objects.select_related(
        "cycle", "edition", "division", "contribution__organization"
    ).get(pk=sheet.pk)


def about(sheet, *keys):
    return [f.message for f in findings_in(checked_sheet_of(sheet)) if f.item in keys]


def test_nothing_more_is_asked_about_it(sheet):
    assert about(sheet, "staffing", "financial_report") == []
    StaffingSnapshot.objects.update(not_applicable_reason="")
    FinancialReport.objects.update(status="not_received")
    assert len(about(Sheet.objects.get(pk=sheet.pk), "staffing", "financial_report")) > 1


def test_it_is_printed_as_a_dash(sheet):
    document = build(content_of(sheet), sheet.edition.definition)
    parts = {part.key: part for row in document.rows for part in row.parts}
    assert {heading.value for heading in parts["staffing"].staffing} == {"―"}
    assert parts["financial_report"].value == "―"


def test_the_data_of_the_sheet_keep_the_reason(sheet):
    content, definition = content_of(sheet), sheet.edition.definition
    stored = to_json(content, definition)
    assert problems_for(stored, definition) == []
    assert stored["items"]["staffing"]["not_applicable_reason"] == REASON
    assert from_json(stored, definition) == content


def test_counted_staff_needs_no_such_reason(sheet):
    stored = to_json(content_of(complete(make_sheet())), sheet.edition.definition)
    assert "not_applicable_reason" not in stored["items"]["staffing"]
