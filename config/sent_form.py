"""A refused form as it was sent, to be shown again and sent once more or copied."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.core import signing
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.urls import ResolverMatch, resolve

from accounts.forms import DeputyForm
from bulk_steps.forms import BulkStepForm
from evaluations.forms.comments import CommentForm, DecisionForm, RemarkForm, SuggestionForm
from evaluations.forms.entries import EntryForm, SentText
from evaluations.forms.figures import BudgetForm, FinancialReportForm, StaffingForm
from evaluations.forms.finding_answers import AnswersForm
from evaluations.forms.grading import GradeForm, SecondReadingForm
from evaluations.forms.improvement import PointAnswerForm, PointForm
from evaluations.forms.steps import ActionForm

AnyForm = type[forms.Form] | type[forms.ModelForm]

# The form of each page with text boxes, by its URL name: for the labels.
FORMS: dict[str, AnyForm] = {
    "budget_edit": BudgetForm,
    "bulk_step_new": BulkStepForm,
    "comment_thread": RemarkForm,
    "deputies": DeputyForm,
    "entry_comments": CommentForm,
    "entry_save": EntryForm,
    "point_add": PointForm,
    "point_answer": PointAnswerForm,
    "point_edit": PointForm,
    "report_edit": FinancialReportForm,
    "second_reading": SecondReadingForm,
    "sheet_act": ActionForm,
    "sheet_answers": AnswersForm,
    "sheet_grade": GradeForm,
    "staffing_edit": StaffingForm,
    "suggestion_decide": DecisionForm,
    "suggestion_new": SuggestionForm,
}

# The exceptions of a request body that cannot be read.
UNREADABLE_ERRORS = (OSError, SuspiciousOperation, BadRequest, MultiPartParserError)
SIGN_IN_PAGES = ("account_", "admin:login", "admin:logout", "admin:password_change")
SALT = "config.sent_form"
HELD_SECONDS = 12 * 60 * 60


@dataclass(frozen=True)
class SentForm:
    """The texts, every other value, and the URL they were sent to."""

    action: str
    texts: list[SentText]
    others: list[tuple[str, str]]

    @property
    def held(self) -> str:
        """The form, signed, to be carried through a sign-in.

        Signed, so that it comes back as it was sent, to an address of this site.
        """
        pairs = [(each.name, each.text) for each in self.texts] + self.others
        return signing.dumps([self.action, pairs], salt=SALT, compress=True)


def form_sent(request: HttpRequest) -> SentForm | None:
    """Return the form that ``request`` sent, without tokens and passwords.

    None where it sent none, to a page of the sign-in, or to one that is open to all.
    """
    # After an error before the view, the URL is not resolved yet.
    match = request.resolver_match or _resolved(request.path_info)
    if not match or request.method != "POST" or not _takes_words(match):
        return None
    try:
        values = [(name, value) for name, each in request.POST.lists() for value in each]
    except UNREADABLE_ERRORS:
        return None
    return _form_of(request.get_full_path(), match, values)


def held_form(held: str) -> SentForm | None:
    """Return the form that was held through a sign-in, or None for what was not held here."""
    try:
        action, pairs = signing.loads(held, salt=SALT, max_age=HELD_SECONDS)
    except signing.BadSignature:
        return None
    match = _resolved(action.partition("?")[0])
    return _form_of(action, match, [(name, value) for name, value in pairs]) if match else None


def _resolved(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Http404:
        return None


def _takes_words(match: ResolverMatch) -> bool:
    is_inside = getattr(match.func, "login_required", True)
    return is_inside and not match.view_name.startswith(SIGN_IN_PAGES)


def _form_of(action: str, match: ResolverMatch, sent: list[tuple[str, str]]) -> SentForm | None:
    values = [(name, value) for name, value in sent if not _is_secret(name)]
    boxes = _boxes_in(match, dict(values))
    texts = [SentText(boxes[name], value, name) for name, value in values if name in boxes]
    others = [(name, value) for name, value in values if name not in boxes]
    return SentForm(action, texts, others) if values else None


def _is_secret(name: str) -> bool:
    return name == "csrfmiddlewaretoken" or "password" in name.lower()


def _boxes_in(match: ResolverMatch, written: Mapping[str, str]) -> dict[str, str]:
    """Return the labels of the boxes in which something was written, by the names of the fields."""
    form = FORMS.get(match.view_name)
    if form is None:
        labels = _labels_in_admin(match)
        return {
            name: labels.get(name.rpartition("-")[2], "記入した内容")
            for name, value in written.items()
            if _is_prose(name, value)
        }
    boxes = _boxes_of(form) | _boxes_of_criteria(form, written) | _boxes_of_answers(form, written)
    return {name: label for name, label in boxes.items() if written.get(name, "")}


def _labels_in_admin(match: ResolverMatch) -> dict[str, str]:
    """Return what the fields of a record, and of those on its page, are called in the admin."""
    admin = getattr(match.func, "model_admin", None)
    models = [*(inline.model for inline in admin.inlines), admin.model] if admin else []
    return {field.name: str(field.verbose_name) for model in models for field in model._meta.fields}


def _is_prose(name: str, value: str) -> bool:
    """Whether a value of an unknown form is prose, not a key or date; ``_`` begins a button."""
    return not name.startswith("_") and (not value.isascii() or " " in value.strip())


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
