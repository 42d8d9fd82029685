"""Pages that edit the figures of a sheet, which are stored in the register."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from contributions.models import FinancialReport, YearlyAmount
from core.form_pages import posted, refusals_as_errors, status_of
from core.refusals import Invalid, Stale
from editions.enums import ItemKind
from evaluations.access.rules import can_edit
from evaluations.domain.figures import Figures, mark_of, other_sheets_showing, save_figures
from evaluations.forms import BudgetForm, FinancialReportForm, StaffingForm
from evaluations.forms.fields import DayField
from evaluations.forms.figures import FiguresForm
from evaluations.models import Sheet
from evaluations.views.common import visible_sheet
from staffing.figures import one_year_before
from staffing.models import StaffingSnapshot


@require_http_methods(["GET", "HEAD", "POST"])
def staffing_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Edit the organisation's staff figures, the latest or those of ``?as_of=2016-12-31``."""
    sheet = visible_sheet(request, pk)
    record = _snapshot(sheet, request.GET.get("as_of", ""))
    extra = {
        "others": other_sheets_showing(sheet),
        "previous_as_of": one_year_before(record.as_of) if record.pk else None,
        "organization": sheet.contribution.organization,
    }
    return _edit(request, sheet, record, StaffingForm, ItemKind.STAFFING, "日本人職員数", extra)


@require_http_methods(["GET", "HEAD", "POST"])
def budget_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Edit the year's budget, in 千円."""
    sheet = visible_sheet(request, pk)
    item = sheet.edition.definition.item_of_kind(ItemKind.BUDGET)
    if item is None:
        raise Invalid("この様式には予算額の欄がありません。")
    place = {
        "contribution": sheet.contribution,
        "fiscal_year": sheet.cycle.fiscal_year,
        "kind": item.amounts[0],
    }
    record = YearlyAmount.objects.filter(**place).first() or YearlyAmount(**place)
    title = f"{item.name}（{record.get_kind_display()}）"
    return _edit(request, sheet, record, BudgetForm, ItemKind.BUDGET, title)


@require_http_methods(["GET", "HEAD", "POST"])
def report_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Edit the financial report of the year."""
    sheet = visible_sheet(request, pk)
    place = {"contribution": sheet.contribution, "fiscal_year": sheet.cycle.fiscal_year}
    record = FinancialReport.objects.filter(**place).first() or FinancialReport(**place)
    return _edit(
        request, sheet, record, FinancialReportForm, ItemKind.FINANCIAL_REPORT, "財政状況の報告"
    )


def _snapshot(sheet: Sheet, as_of: str) -> StaffingSnapshot:
    organization = sheet.contribution.organization
    snapshots = organization.staffing_snapshots.filter(as_of__lte=sheet.cycle.figures_until)
    if not as_of:
        return snapshots.order_by("-as_of").first() or StaffingSnapshot(organization=organization)
    try:
        day = DayField().clean(as_of)
    except ValidationError as error:
        raise Invalid(error.messages[0]) from error
    return snapshots.filter(as_of=day).first() or StaffingSnapshot(
        organization=organization, as_of=day
    )


def _edit(
    request: PersonRequest,
    sheet: Sheet,
    record: Figures,
    form_class: type[FiguresForm],
    kind: ItemKind,
    title: str,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form of ``record``; save it and redirect to the section where it is printed."""
    can_edit(request.user.acting, sheet).require()
    definition = sheet.edition.definition
    item = definition.item_of_kind(kind)
    section = definition.section_of(item.key) if item else definition.sections[0]
    form = form_class(posted(request), instance=record, seen=mark_of(record))
    if form.is_valid():
        with refusals_as_errors(form, kinds=(Invalid, Stale)):
            save_figures(sheet, form.instance, seen=form.cleaned_data["seen"], actor=request.user)
            messages.success(request, f"{title}を保存しました。")
            return redirect("sheet_section", pk=sheet.pk, section_key=section.key)
    context = {"sheet": sheet, "section": section, "form": form, "title": title} | (extra or {})
    context.setdefault("others", [])
    context.setdefault("previous_as_of", None)
    return render(request, "evaluations/figures/edit.html", context, status=status_of(form))
