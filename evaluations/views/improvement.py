"""Pages for improvement points (改善点): raised in a review, answered in the year after."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from core.form_pages import posted, refusals_as_errors, status_of
from evaluations.access.rules import can_edit, can_raise_points
from evaluations.domain.improvement import add_point, answer_point, change_point, remove_point
from evaluations.forms import PointAnswerForm, PointFilterForm, PointForm, RemoveForm
from evaluations.models import ImprovementPoint, Sheet
from evaluations.queries.content import items_of
from evaluations.queries.improvement import listed_points, open_points, points_visible_to
from evaluations.views.common import visible_sheet

POINTS_PER_PAGE = 50


@require_safe
def point_list(request: PersonRequest) -> HttpResponse:
    """List the points of the person's sheets, open ones by default."""
    form = PointFilterForm(request.GET)
    points = form.apply(points_visible_to(request.user.roles))
    page = Paginator(points, POINTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "points": listed_points(page.object_list)}
    return render(request, "evaluations/improvement/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def point_add(request: PersonRequest, pk: int) -> HttpResponse:
    """Raise a point on a sheet in review."""
    sheet = _sheet_in_review(request, pk)
    initial = {"owner_division": sheet.division_id, "version": sheet.version}
    form = _point_form(request, sheet, initial)
    if form.is_valid():
        with refusals_as_errors(form):
            version = form.cleaned_data["version"]
            point = add_point(sheet, form.point, actor=request.user, version=version)
            messages.success(request, f"{point}を記入しました。")
            return _redirect_to_points(sheet)
    return _point_page(request, sheet, form)


@require_http_methods(["GET", "HEAD", "POST"])
def point_edit(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """Change a point of a sheet in review."""
    sheet = _sheet_in_review(request, pk)
    point = sheet.improvement_points.filter(number=number).first()
    if point is None:
        raise Http404
    names = ("text", "key", "owner", "due_date")
    initial: dict[str, Any] = {name: getattr(point, name) for name in names}
    initial |= {"owner_division": point.owner_division_id, "version": sheet.version}
    form = _point_form(request, sheet, initial)
    if form.is_valid():
        with refusals_as_errors(form):
            version = form.cleaned_data["version"]
            change_point(sheet, number, form.point, actor=request.user, version=version)
            messages.success(request, f"{point}を変更しました。")
            return _redirect_to_points(sheet)
    return _point_page(request, sheet, form, point)


@require_POST
def point_remove(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """Remove a point of a sheet in review."""
    sheet = _sheet_in_review(request, pk)
    form = RemoveForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    remove_point(sheet, number, actor=request.user, version=version)
    messages.success(request, f"改善点{number}を取り消しました。")
    return _redirect_to_points(sheet)


@require_http_methods(["GET", "HEAD", "POST"])
def point_answer(request: PersonRequest, pk: int, point: int) -> HttpResponse:
    """Answer a point of an earlier year that is still open in this sheet."""
    sheet = visible_sheet(request, pk)
    can_edit(request.user.acting, sheet).require()
    found = next((each for each in open_points(sheet) if each.point.pk == point), None)
    if found is None:
        raise Http404
    initial: dict[str, Any] = {"version": 0}
    if found.answer:
        names = ("status", "text", "version")
        initial = {name: getattr(found.answer, name) for name in names}
    form = PointAnswerForm(posted(request), initial=initial)
    if form.is_valid():
        with refusals_as_errors(form):
            answer_point(sheet, point, **form.cleaned_data, actor=request.user)
            messages.success(request, f"{found.name}への回答を保存しました。")
            return redirect(f"{reverse('sheet_detail', args=[pk])}#open-points")
    context = {"sheet": sheet, "open_point": found, "form": form}
    return render(request, "evaluations/improvement/answer.html", context, status=status_of(form))


def _sheet_in_review(request: PersonRequest, pk: int) -> Sheet:
    sheet = visible_sheet(request, pk)
    can_raise_points(request.user.acting, sheet).require()
    return sheet


def _point_form(request: PersonRequest, sheet: Sheet, initial: dict[str, Any]) -> PointForm:
    return PointForm(
        posted(request),
        definition=sheet.edition.definition,
        items=items_of(sheet),
        initial=initial,
    )


def _point_page(
    request: PersonRequest, sheet: Sheet, form: PointForm, point: ImprovementPoint | None = None
) -> HttpResponse:
    context = {"sheet": sheet, "form": form, "point": point}
    return render(request, "evaluations/improvement/edit.html", context, status=status_of(form))


def _redirect_to_points(sheet: Sheet) -> HttpResponseRedirect:
    return redirect(f"{reverse('sheet_grade', args=[sheet.pk])}#points")
