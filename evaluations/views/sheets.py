"""The list of sheets, and the page of one sheet."""

import re

from django.core.paginator import Paginator
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from core.form_pages import status_of
from evaluations.access.grades import grade_in_words, sees_grades, shown_to
from evaluations.access.rules import awaits_second_reader, can_edit, can_grade, can_see_history
from evaluations.access.visibility import listed, reads_history, sheets_visible_to
from evaluations.access.whom_to_ask import asked_in_words
from evaluations.checks import Level, findings_in
from evaluations.enums import Action
from evaluations.forms import SheetFilterForm
from evaluations.models import ImprovementPoint, Sheet
from evaluations.queries.checked_sheets import checked_sheet_beside
from evaluations.queries.comments import counts_for
from evaluations.queries.content import content_of
from evaluations.queries.improvement import open_points
from evaluations.queries.last_year import earlier_sheet
from evaluations.queries.prefetch import fetch_register
from evaluations.queries.progress import progress_of
from evaluations.queries.versions import changes_since_last_decision, taken_steps_of
from evaluations.queries.worklist import is_duty, next_waiting
from evaluations.views.common import (
    criterion_grades_of,
    first_unfinished,
    steps_of,
    table_rows,
    visible_sheet,
)
from evaluations.workflow import steps_open_to
from evaluations.workflow.shown import shown_of

SHEETS_PER_PAGE = 50


@require_safe
def sheet_list(request: PersonRequest) -> HttpResponse:
    """List the sheets the person may see, filtered and searched."""
    form = SheetFilterForm(request.GET)
    sheets = form.apply(listed(sheets_visible_to(request.user.roles)))
    page = Paginator(sheets, SHEETS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "rows": table_rows(request, page.object_list)}
    return render(request, "evaluations/sheets/list.html", context, status=status_of(form))


@require_safe
def sheet_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the state of the sheet, its findings, and the actions open to the person."""
    sheet = visible_sheet(request, pk)
    _fetch_shown(sheet)
    acting = request.user.acting
    definition = sheet.edition.definition
    is_inside = bool(can_see_history(acting, sheet))
    tells_history = reads_history(acting.roles, sheet)
    content = content_of(sheet)
    shown = shown_to(acting.roles, sheet, content)
    grading = can_grade(acting, sheet)
    is_graded = sees_grades(acting.roles, sheet)
    earlier = earlier_sheet(sheet)
    points = open_points(sheet) if earlier else []
    findings = findings_in(checked_sheet_beside(sheet, shown, earlier, points))
    editing = can_edit(acting, sheet)
    warnings = [finding for finding in findings if finding.level == Level.WARNING]
    answers = sheet.finding_answers.select_related("answered_by") if warnings else ()
    kept = {answer.finding: answer for answer in answers}
    review = counts_for(acting.roles, sheet)
    progress = progress_of(shown, definition, findings, answered=kept, waiting=review.items)
    actions = steps_open_to(acting, sheet)
    taken = list(taken_steps_of(sheet)) if tells_history or actions else []
    decides = any(step.action in (Action.CONFIRM, Action.APPROVE) for step in actions)
    return render(
        request,
        "evaluations/sheets/detail.html",
        {
            "sheet": sheet,
            "content": shown,
            "grade": grade_in_words(acting.roles, sheet),
            "progress": progress,
            "finding_count": len(findings),
            "is_blocked": any(finding.blocks for finding in findings),
            "unanswered": sum(warning.key not in kept for warning in warnings),
            "steps": steps_of(sheet, progress),
            "start": first_unfinished(sheet, progress),
            "answers": [(finding, kept.get(finding.key)) for finding in warnings],
            "actions": actions,
            "shown": shown_of(content, definition).token()
            if any(step.reads_content for step in actions)
            else "",
            "decides": decides,
            "since": changes_since_last_decision(sheet, acting, content, taken)
            if decides
            else None,
            "can_edit": editing,
            "ask_to_edit": asked_in_words(editing.whom_to_ask) if editing.whom_to_ask else "",
            "can_grade": grading,
            "may_read_second": bool(grading and awaits_second_reader(acting, sheet)),
            # Points are raised with the grade, by the same people at the same time.
            "may_raise_points": grading.allowed,
            "is_inside": is_inside,
            "open_points": points,
            "points": sheet.improvement_points.all() if is_graded else (),
            # There are no second readings before the first grade.
            "second_readings": sheet.second_readings.select_related("reader")
            if acting.roles.sees_all_divisions and sheet.overall_grade
            else (),
            "criterion_grades": criterion_grades_of(shown, definition),
            "review": review,
            "next_sheet": None
            if is_duty(acting.roles, [step.action for step in actions])
            else next_waiting(acting.roles),
            "tells_history": tells_history,
            "transitions": taken if tells_history else (),
        },
    )


def _fetch_shown(sheet: Sheet) -> None:
    """Prefetch what both the page and its rules read, each with one query."""
    points = ImprovementPoint.objects.select_related("owner_division", "raised_by")
    prefetch_related_objects([sheet], "authorships", Prefetch("improvement_points", points))
    fetch_register(sheet)


@require_safe
def sheet_place(request: PersonRequest, pk: int, key: str) -> HttpResponse:
    """Redirect to the entry of an item on the page of its section."""
    sheet = visible_sheet(request, pk)
    definition = sheet.edition.definition
    if definition.item(key) is None:
        raise Http404
    section = definition.section_of(key)
    words = request.GET.get("words", "")
    query = f"?words={words}" if re.fullmatch(r"\d{1,6}-\d{1,6}", words, re.ASCII) else ""
    return redirect(f"{reverse('sheet_section', args=[pk, section.key])}{query}#entry-{key}")
