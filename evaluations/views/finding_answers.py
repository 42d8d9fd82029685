"""The page that answers warnings, apart from the pages on which the sheet is written."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from core.form_pages import posted, refusals_as_errors, status_of
from core.refusals import Invalid
from evaluations.access.rules import can_edit
from evaluations.checks import Level, findings_in
from evaluations.domain.finding_answers import answer_warnings
from evaluations.forms import AnswersForm
from evaluations.queries.checked_sheets import checked_sheet_of
from evaluations.views.common import visible_sheet
from texts.notation import normalize


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_answers(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the warnings of a sheet with a form for the answers, and save them."""
    sheet = visible_sheet(request, pk)
    can_edit(request.user.acting, sheet).require()
    warnings = [f for f in findings_in(checked_sheet_of(sheet)) if f.level == Level.WARNING]
    kept = dict(sheet.finding_answers.values_list("finding", "answer"))
    form = AnswersForm(posted(request), warnings=warnings, kept=kept)
    shown = {key: normalize(request.POST.get(f"was_{key}", "")) for key in form.fields}
    if form.is_valid() and not form.collides(shown, kept):
        with refusals_as_errors(form, kinds=Invalid):
            changed = answer_warnings(sheet, form.changed_from(shown), actor=request.user)
            messages.success(request, _receipt(changed))
            return redirect("sheet_detail", pk=pk)
    answers = [(warning, form[warning.key]) for warning in warnings]
    context = {"sheet": sheet, "form": form, "answers": answers}
    template = "evaluations/finding_answers/edit.html"
    return render(request, template, context, status=status_of(form))


def _receipt(changed: int) -> str:
    return (
        f"指摘への回答を{changed}件保存しました。" if changed else "回答に変更はありませんでした。"
    )
