"""Pages for the overall grade and for second readings."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from core.form_pages import posted, refusals_as_errors, status_of
from editions.definition import Scale
from evaluations.access.rules import awaits_second_reader, can_grade, can_read_second
from evaluations.domain.grading import grade_sheet, read_second
from evaluations.enums import Action
from evaluations.forms import GradeForm, SecondReadingForm
from evaluations.models import Sheet
from evaluations.paper.build import document_of
from evaluations.paper.rendering import sheet_html
from evaluations.queries.calibration import distribution_of
from evaluations.queries.content import graded_criteria_of, judgements_of
from evaluations.queries.last_year import earlier_sheets
from evaluations.views.common import visible_sheet


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_grade(request: PersonRequest, pk: int) -> HttpResponse:
    """Grade the sheet as a whole, and its criteria if its form grades them, with reasons.

    After a grade that requires improvement points, redirect to the form for the first one.
    """
    sheet = visible_sheet(request, pk)
    can_grade(request.user.acting, sheet).require()
    definition = sheet.edition.definition
    form = GradeForm(
        posted(request),
        scale=_scale_of(sheet),
        definition=definition,
        criteria=graded_criteria_of(sheet),
        initial={
            "grade": sheet.overall_grade,
            "reason": sheet.overall_grade_reason,
            "version": sheet.version,
        }
        | GradeForm.initial_of(judgements_of(sheet)),
    )
    if form.is_valid():
        with refusals_as_errors(form):
            grade_sheet(
                sheet,
                grade=form.cleaned_data["grade"],
                reason=form.cleaned_data["reason"],
                criteria=form.judgements,
                version=form.cleaned_data["version"],
                actor=request.user,
            )
            messages.success(request, f"総合評価「{sheet.overall_grade}」を記録しました。")
            return redirect(_next_url(request, sheet))
    context = {"form": form} | _context(request, sheet)
    return render(request, "evaluations/grading/grade.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def second_reading(request: PersonRequest, pk: int) -> HttpResponse:
    """Record the grade and reason of a second reader."""
    sheet = visible_sheet(request, pk)
    can_read_second(request.user.acting, sheet).require()
    own = sheet.second_readings.filter(reader=request.user).first()
    form = SecondReadingForm(
        posted(request),
        scale=_scale_of(sheet),
        initial={"version": sheet.version}
        | ({"grade": own.grade, "reason": own.reason} if own else {}),
    )
    if form.is_valid():
        with refusals_as_errors(form):
            read_second(sheet, **form.cleaned_data, actor=request.user)
            messages.success(request, "第二読者の評価を記録しました。")
            return redirect("sheet_detail", pk=pk)
    context = {"sheet": sheet, "form": form}
    template = "evaluations/grading/second_reading.html"
    return render(request, template, context, status=status_of(form))


def _scale_of(sheet: Sheet) -> Scale:
    """Return the scale of the overall grade, or raise 404 if the sheet's form has none."""
    scale = sheet.edition.definition.overall_scale
    if scale is None:
        raise Http404
    return scale


def _next_url(request: PersonRequest, sheet: Sheet) -> str:
    demanded = sheet.edition.definition.demands_improvement(sheet.overall_grade)
    if demanded and not sheet.improvement_points.exists():
        messages.warning(
            request,
            f"総合評価「{sheet.overall_grade}」には、改善点が必要です。続けて記入してください。",
        )
        return reverse("point_add", args=[sheet.pk])
    if request.POST.get("then") == Action.APPROVE:
        return reverse("sheet_act", args=[sheet.pk, Action.APPROVE])
    return reverse("sheet_detail", args=[sheet.pk])


def _context(request: PersonRequest, sheet: Sheet) -> dict[str, Any]:
    """Return the context beside the form: the paper, points, the grades of this year and before."""
    return {
        "sheet": sheet,
        "second_readings": sheet.second_readings.select_related("reader"),
        "may_read_second": awaits_second_reader(request.user.acting, sheet).allowed,
        "points": sheet.improvement_points.select_related("owner_division"),
        "distribution": distribution_of(sheet.cycle, sheet),
        "printed": sheet_html(document_of(sheet)),
        "earlier_grades": [
            (each.edition.year_label, each.overall_grade)
            for each in earlier_sheets(sheet)
            if each.is_final and each.overall_grade
        ],
    }
