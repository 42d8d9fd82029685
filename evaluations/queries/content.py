"""Reading the content of a sheet from the tables."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, Expression, OuterRef, Value
from django.db.models.functions import Coalesce, NullIf

from contributions.enums import AmountKind
from contributions.models import Contribution
from editions.definition import Definition, Item, applicable_items
from editions.enums import ItemKind
from evaluations.content import CriterionJudgement, ReportFacts, SheetContent, from_json
from evaluations.enums import Action
from evaluations.models import ENTRY_MODELS, Entry, Revision, Sheet
from staffing.figures import figures_of


def entries_of(sheet: Sheet) -> dict[str, Entry]:
    """Return the sheet's entries by item key. One query for each kind of entry."""
    return {
        entry.key: entry
        for model in ENTRY_MODELS.values()
        for entry in model._default_manager.filter(sheet=sheet).select_related("updated_by")
    }


@dataclass(frozen=True)
class Written:
    """The text of an entry. ``updated_by`` is a name, "" where nobody wrote."""

    text: str
    version: int
    updated_at: datetime | None
    updated_by: str


def written_in(sheet: Sheet) -> dict[str, Written]:
    """Return the texts of ``sheet`` for display, by item key. One query."""
    name = Coalesce(NullIf("updated_by__display_name", Value("")), "updated_by__username")
    rows = _of_every_kind([sheet.pk], "key", "text", "version", "updated_at", name)
    return {
        key: Written(text, version, updated_at, who or "")
        for key, text, version, updated_at, who in rows
    }


def texts_of(sheets: Iterable[int]) -> dict[int, dict[str, str]]:
    """Return the texts of ``sheets`` (ids), by sheet and item key. One query, none for no sheet."""
    texts: dict[int, dict[str, str]] = defaultdict(dict)
    for pk, key, text in _of_every_kind(list(sheets), "sheet", "key", "text"):
        texts[pk][key] = text
    return texts


def _of_every_kind(sheets: list[int], *fields: str | Expression) -> Iterable[Any]:
    """Return ``fields`` of the entries of ``sheets`` (ids), from all entry tables."""
    first, *others = (
        model._default_manager.filter(sheet__in=sheets).values_list(*fields)
        for model in ENTRY_MODELS.values()
    )
    return first.union(*others, all=True) if sheets else ()


def content_of(sheet: Sheet, texts: Mapping[str, str] | None = None) -> SheetContent:
    """Return the content of ``sheet``. ``texts``: by item key, where the caller has them already.

    For a decided sheet that is the approved content, whatever the register says today; for any
    other it is read from the entries and the register. At most four queries on a sheet that was
    fetched with its relations, and one more where the form grades single criteria; one less for
    each relation that ``fetch_ahead`` has fetched.
    """
    if sheet.is_final and (approved := newest_revision(sheet, Action.APPROVE)):
        return from_json(approved.content, sheet.edition.definition)
    return content_now(sheet, texts)


def content_now(sheet: Sheet, texts: Mapping[str, str] | None = None) -> SheetContent:
    """Return the current content of entries and register, even of a decided sheet."""
    if texts is None:
        texts = texts_of([sheet.pk])[sheet.pk]
    contribution = sheet.contribution
    definition = sheet.edition.definition
    amounts = amounts_of(sheet)
    return SheetContent(
        edition=definition.key,
        fiscal_year=sheet.cycle.fiscal_year,
        contribution_name=contribution.name,
        contribution_type=contribution.contribution_type,
        earmarking=contribution.earmarking,
        organization=str(contribution.organization),
        division=sheet.division.name,
        budget_thousand_yen=sum(amounts.values()) if amounts else None,
        supplementary_thousand_yen=_supplementary_of(sheet, amounts),
        overall_grade=sheet.overall_grade,
        overall_grade_reason=sheet.overall_grade_reason,
        staffing=figures_of(contribution.organization, sheet.cycle.figures_until),
        financial_report=_report_of(sheet),
        texts={item.key: texts.get(item.key, "") for item in definition.text_items},
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
    return applicable_items_of(sheet.contribution, sheet.edition.definition)


def applicable_items_of(contribution: Contribution, definition: Definition) -> list[Item]:
    """Return the items of ``definition`` that apply to ``contribution``, in print order."""
    facts = {
        "contribution_type": contribution.contribution_type,
        "earmarking": contribution.earmarking,
    }
    sections = definition.sections
    return [item for section in sections for item in applicable_items(section, facts)]


def newest_revision(sheet: Sheet, occasion: str) -> Revision | None:
    """Return the newest revision made by ``occasion`` (an action), or None before the first."""
    return newest_revisions([sheet.pk], occasion).get(sheet.pk)


def newest_revisions(sheets: Iterable[int], occasion: str) -> dict[int, Revision]:
    """Return ``newest_revision`` of each of ``sheets`` (ids), by sheet. One query."""
    later = Revision.objects.filter(
        sheet=OuterRef("sheet"), occasion=occasion, number__gt=OuterRef("number")
    )
    newest = Revision.objects.filter(~Exists(later), sheet__in=list(sheets), occasion=occasion)
    return {revision.sheet_id: revision for revision in newest.order_by()}


def amounts_of(sheet: Sheet) -> dict[str, int]:
    """Return the amounts of the year's budget in 千円, by the kinds that the edition prints."""
    item = sheet.edition.definition.item_of_kind(ItemKind.BUDGET)
    return {
        kind: amount
        for kind, amount in _amounts_of_year(sheet).items()
        if item and kind in item.amounts
    }


def unprinted_budget_of(sheet: Sheet) -> int:
    """Return the year's budget in 千円 of the kinds that the edition does not print."""
    return sum(_amounts_of_year(sheet).values()) - sum(amounts_of(sheet).values())


def _amounts_of_year(sheet: Sheet) -> dict[str, int]:
    return {
        each.kind: each.budget_amount_thousand_yen
        for each in sheet.contribution.amounts.all()
        if each.fiscal_year == sheet.cycle.fiscal_year
    }


def _supplementary_of(sheet: Sheet, amounts: Mapping[str, int]) -> int:
    """Return the supplementary part of ``amounts``; 0 where the edition prints one kind alone."""
    item = sheet.edition.definition.item_of_kind(ItemKind.BUDGET)
    if item is None or AmountKind.INITIAL not in item.amounts:
        return 0
    return amounts.get(AmountKind.SUPPLEMENTARY, 0)


def _report_of(sheet: Sheet) -> ReportFacts | None:
    reports = sheet.contribution.financial_reports.all()
    report = next((r for r in reports if r.fiscal_year == sheet.cycle.fiscal_year), None)
    if report is None:
        return None
    return ReportFacts(
        report.status, report.received_month, report.covers_fiscal_year, report.reason
    )
