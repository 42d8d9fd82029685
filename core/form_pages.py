"""Pages with a form that calls one verb: bind the form, show a refusal in it, choose the status.

The views have one shape::

    form = ReasonForm(posted(request))
    if form.is_valid():
        with refusals_as_errors(form):
            verb(**form.cleaned_data)
            return redirect("done")
    return render(request, "page.html", {"form": form}, status=status_of(form))
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

from core.refusals import Refusal


class _RefusalError(ValidationError):
    """A refusal as an error of a form; it keeps the HTTP status."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.status = refusal.status


def posted(request: HttpRequest) -> QueryDict | None:
    """Return the data for a form: that of a POST, even if empty; otherwise None."""
    return request.POST if request.method == "POST" else None


@contextmanager
def refusals_as_errors(
    form: BaseForm,
    field: str | None = None,
    *,
    kinds: type[Refusal] | tuple[type[Refusal], ...] = Refusal,
) -> Iterator[None]:
    """Add a refusal raised in the block to the errors of ``form`` and continue after the block.

    Refusals of other ``kinds`` are not caught and have a page of their own.
    """
    try:
        yield
    except kinds as refusal:
        add_refusal(form, refusal, field)


def add_refusal(form: BaseForm, refusal: Refusal, field: str | None = None) -> None:
    """Add ``refusal`` to the errors of ``form``, so that its page gives back what was typed."""
    form.add_error(field, _RefusalError(refusal))


def status_of(*forms: BaseForm) -> int:
    """Return the status of a page: 200 without errors, that of a refusal, or 422."""
    errors = [
        error for form in forms for found in form.errors.as_data().values() for error in found
    ]
    refused = (error.status for error in errors if isinstance(error, _RefusalError))
    return next(refused, 422 if errors else 200)
