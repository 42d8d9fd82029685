"""Pages for what no view has answered: refused, not allowed, not there. The words come back."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.refusals import Refusal, Stale
from evaluations.access.whom_to_ask import asked_in_words
from evaluations.forms.sent import form_sent


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Return the page for a refusal no view has dealt with: why, whom to ask, and the way back.

    What the person had written stands on it.
    """
    whom = getattr(refusal, "whom_to_ask", None)
    context = {
        "heading": refusal.heading,
        "is_about_rights": refusal.status < 500,
        "message": refusal.message,
        "problems": getattr(refusal, "problems", ()),
        "ask": asked_in_words(whom) if whom else "",
        "sheet": whom.sheet if whom else getattr(refusal, "sheet", None),
        "sent": form_sent(request),
        # What was shown has changed: the same form would be refused for ever.
        "open_again": request.get_full_path() if isinstance(refusal, Stale) else "",
    }
    return render(request, "refusal.html", context, status=refusal.status)


def missing_page(request: HttpRequest) -> HttpResponse:
    """Return the page for what is not there for the person (404), with what they had written."""
    return render(request, "404.html", {"sent": form_sent(request)}, status=404)


def denied_page(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    """Return the page for what the person's role does not allow (403), with what they had sent."""
    context = {"exception": str(exception), "sent": form_sent(request)}
    return render(request, "403.html", context, status=403)
