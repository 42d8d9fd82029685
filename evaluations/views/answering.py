"""Answering a warning, on a page of its own: the text being written is left alone."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from evaluations.checks import Level, findings_in
from evaluations.domain.answers import answer_finding
from evaluations.forms import AnswerForm
from evaluations.permissions import can_edit
from evaluations.queries.view import view_of
from evaluations.refusals import Invalid, NotAllowed
from evaluations.views.common import visible_sheet


@require_http_methods(["GET", "HEAD", "POST"])
def finding_answer(request: PersonRequest, pk: int, key: str) -> HttpResponse:
    """Show a warning with its answer, and keep the answer that is sent."""
    sheet = visible_sheet(request, pk)
    if not (decision := can_edit(request.user, request.user.roles, sheet)):
        raise NotAllowed(decision.reason, decision.ask)
    warnings = (f for f in findings_in(view_of(sheet)) if f.level == Level.WARNING)
    finding = next((each for each in warnings if each.key == key), None)
    if finding is None:
        raise Http404
    kept = sheet.finding_answers.filter(finding=key).first()
    form = AnswerForm(request.POST or None, initial={"answer": kept.answer if kept else ""})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                answer_finding(sheet, key, form.cleaned_data["answer"], actor=request.user)
            except Invalid as refusal:
                form.add_error("answer", refusal.message)
            else:
                messages.success(request, "指摘への回答を保存しました。")
                return redirect("sheet_detail", pk=pk)
    context = {"sheet": sheet, "finding": finding, "form": form}
    return render(request, "evaluations/finding_answer.html", context, status=status)
