"""Error pages for refusals, 403 and 404, which give back the submitted text."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from config.sent_form import form_sent
from core.refusals import Refusal, Stale
from evaluations.access.whom_to_ask import asked_in_words


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Return the page for an unhandled refusal: the reason, whom to ask, and a link back.

    It gives back the submitted text.
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
        # The form is out of date: submitting it again would always be refused.
        "open_again": request.get_full_path() if isinstance(refusal, Stale) else "",
    }
    return render(request, "refusal.html", context, status=refusal.status)


def missing_page(request: HttpRequest) -> HttpResponse:
    """Return the page for 404, with the submitted text."""
    return render(request, "404.html", {"sent": form_sent(request)}, status=404)


def denied_page(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    """Return the page for 403, with the submitted text."""
    context = {"exception": str(exception), "sent": form_sent(request)}
    return render(request, "403.html", context, status=403)
