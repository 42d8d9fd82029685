"""What a person had written when their request was refused: given back to be copied."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest

from evaluations.forms.acting import ActionForm
from evaluations.forms.answering import AnswersForm
from evaluations.forms.figures import BudgetForm, FinancialReportForm, StaffingForm
from evaluations.forms.grading import GradeForm, SecondReadingForm
from evaluations.forms.improvement import PointAnswerForm, PointForm
from evaluations.forms.review import CommentForm, DecisionForm, RemarkForm, SuggestionForm
from evaluations.forms.writing import LINES_SHOWN, EntryForm, lines_in

AnyForm = type[forms.Form] | type[forms.ModelForm]

# The form of each page on which somebody writes, by the name of its address.
FORMS: dict[str, AnyForm] = {
    "admin:evaluations_sheet_changelist": ActionForm,
    "budget_edit": BudgetForm,
    "comment_thread": RemarkForm,
    "entry_comments": CommentForm,
    "entry_save": EntryForm,
    "point_add": PointForm,
    "point_answer": PointAnswerForm,
    "point_edit": PointForm,
    "report_edit": FinancialReportForm,
    "second_reading": SecondReadingForm,
    "sheet_act": ActionForm,
    "sheet_answers": AnswersForm,
    "sheet_bulk": ActionForm,
    "sheet_grade": GradeForm,
    "staffing_edit": StaffingForm,
    "suggestion_decide": DecisionForm,
    "suggestion_new": SuggestionForm,
}


@dataclass(frozen=True)
class SentText:
    """What was written in one box, and how many lines of it are shown at once."""

    label: str
    text: str

    @property
    def rows(self) -> int:
        """The height of the box."""
        return max(LINES_SHOWN[0], min(LINES_SHOWN[1], lines_in(self.text)))


def texts_sent(request: HttpRequest) -> list[SentText]:
    """Return what was written into the boxes of the form that ``request`` sent; no hidden value.

    Nothing where it sent none, or to a page that is not among ``FORMS``.
    """
    match = request.resolver_match
    form = FORMS.get(match.view_name) if match and request.method == "POST" else None
    if form is None:
        return []
    written = {name: request.POST[name] for name in request.POST}
    boxes = _boxes_of(form) | _boxes_of_criteria(form, written) | _boxes_of_answers(form, written)
    return [
        SentText(label, written[name]) for name, label in boxes.items() if written.get(name, "")
    ]


def _boxes_of(form: AnyForm) -> dict[str, str]:
    """Return the labels of the boxes in which one types; a password's is of another kind."""
    return {
        name: str(field.label or "文章")
        for name, field in form.base_fields.items()
        if isinstance(field.widget, forms.Textarea | forms.TextInput)
    }


def _boxes_of_criteria(form: AnyForm, written: Mapping[str, str]) -> dict[str, str]:
    if not issubclass(form, GradeForm):
        return {}
    return {name: "評定の理由" for name in written if GradeForm.is_reason_of_criterion(name)}


def _boxes_of_answers(form: AnyForm, written: Mapping[str, str]) -> dict[str, str]:
    """Return the boxes of the answers that were changed; the others are stored as they are."""
    if not issubclass(form, AnswersForm):
        return {}
    return {
        name: "指摘への回答"
        for name, answer in written.items()
        if answer != written.get(f"was_{name}", answer)
    }
