"""From the tables to the one plain value a sheet is."""

from django.db.models import Sum

from contributions.models import FinancialReport
from evaluations.content import CriterionJudgement, ReportFacts, SheetContent, from_json
from evaluations.editions.definition import Item, applicable_items
from evaluations.enums import Action, ItemKind
from evaluations.models import ENTRY_MODELS, Entry, Revision, Sheet
from staffing.figures import figures_of


def entries_of(sheet: Sheet) -> dict[str, Entry]:
    """Return the sheet's entries by item key. One query for each kind of entry."""
    return {
        entry.key: entry
        for model in ENTRY_MODELS.values()
        for entry in model._default_manager.filter(sheet=sheet).select_related("updated_by")
    }


def content_of(sheet: Sheet, entries: dict[str, Entry] | None = None) -> SheetContent:
    """Return what ``sheet`` says. ``entries``: where the caller has them already.

    A decided sheet says what was approved, whatever the register says today; any other what
    entries and register say now. At most six queries on a sheet fetched with ``queries.sheets``,
    and one more where the form grades single criteria.
    """
    if sheet.is_final and (approved := newest_revision(sheet, Action.APPROVE)):
        return from_json(approved.content, sheet.edition.definition)
    if entries is None:
        entries = entries_of(sheet)
    contribution = sheet.contribution
    definition = sheet.edition.definition
    return SheetContent(
        edition=definition.key,
        fiscal_year=sheet.cycle.fiscal_year,
        contribution_name=contribution.name,
        contribution_type=contribution.contribution_type,
        earmarking=contribution.earmarking,
        organization=str(contribution.organization),
        division=sheet.division.name,
        budget_thousand_yen=budget_of(sheet),
        overall_grade=sheet.overall_grade,
        overall_grade_reason=sheet.overall_grade_reason,
        staffing=figures_of(contribution.organization, sheet.cycle.figures_until),
        financial_report=_report_of(sheet),
        texts={
            item.key: entries[item.key].text if item.key in entries else ""
            for item in definition.text_items
        },
        criterion_grades=judgements_of(sheet),
        evaluation_period=(sheet.cycle.evaluation_period_start, sheet.cycle.evaluation_period_end),
    )


def judgements_of(sheet: Sheet) -> dict[str, CriterionJudgement]:
    """Return the grades of single criteria by item key. No query where the form has none."""
    if not sheet.edition.definition.graded_criteria:
        return {}
    return {
        each.key: CriterionJudgement(each.grade, each.ungraded_reason, each.reason)
        for each in sheet.criterion_grades.all()
    }


def graded_criteria_of(sheet: Sheet) -> list[Item]:
    """Return the criteria that the form grades by themselves and that apply to ``sheet``."""
    return [item for item in items_of(sheet) if item.is_graded_criterion]


def items_of(sheet: Sheet) -> list[Item]:
    """Return the items of the form that apply to the contribution of ``sheet``, in print order."""
    contribution = sheet.contribution
    facts = {
        "contribution_type": contribution.contribution_type,
        "earmarking": contribution.earmarking,
    }
    sections = sheet.edition.definition.sections
    return [item for section in sections for item in applicable_items(section, facts)]


def newest_revision(sheet: Sheet, occasion: str) -> Revision | None:
    """Return what ``sheet`` last said on ``occasion`` (an action), or None before the first."""
    return sheet.revisions.filter(occasion=occasion).first()


def budget_of(sheet: Sheet) -> int | None:
    """Return the year's budget in 千円, summed over the kinds the edition prints; None: unknown."""
    item = sheet.edition.definition.item_of_kind(ItemKind.BUDGET)
    if item is None:
        return None
    return sheet.contribution.amounts.filter(
        fiscal_year=sheet.cycle.fiscal_year, kind__in=item.amounts
    ).aggregate(total=Sum("budget_amount_thousand_yen"))["total"]


def _report_of(sheet: Sheet) -> ReportFacts | None:
    report = FinancialReport.objects.filter(
        contribution=sheet.contribution_id, fiscal_year=sheet.cycle.fiscal_year
    ).first()
    if report is None:
        return None
    return ReportFacts(
        report.status, report.received_month, report.covers_fiscal_year, report.reason
    )
