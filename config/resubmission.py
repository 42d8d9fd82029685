"""Resubmission of forms that were not accepted because of CSRF, sign-in or a server error.

The page shows the form and the signed-in person; nothing is submitted without a click.
"""

import sys
from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from accounts.requests import wants_json
from accounts.views import page_too_old
from config.sent_form import SentForm, form_sent, held_form

RETRY_SECONDS = 30


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return 403 for a CSRF failure, such as after a new sign-in in another tab.

    The form is given back only if it came from this site (``Sec-Fetch-Site``, ``Origin``), which
    no page can forge. Otherwise the page would be another site's forgery, one click away.
    """
    if wants_json(request):
        return page_too_old()
    sent = _sent_or_held(request) if _is_from_this_site(request) else None
    if sent is None:
        return render(request, "403_csrf.html", status=403)
    return (
        resubmit_page(request, sent)
        if request.user.is_authenticated
        else sign_in_page(request, sent)
    )


def resubmit_page(request: HttpRequest, sent: SentForm) -> HttpResponse:
    """Return the page for submitting the form again as the signed-in person (403)."""
    return render(request, "send_again.html", {"sent": sent}, status=403)


def sign_in_page(request: HttpRequest, sent: SentForm) -> HttpResponse:
    """Return the sign-in page that carries the form along (401).

    Not a redirect, which would lose the form.
    """
    view = ResubmissionSignInView()
    view.setup(request)
    return view.ask(sent)


@method_decorator([login_not_required, never_cache], name="dispatch")
class ResubmissionSignInView(LoginView):
    """The sign-in page that carries a form submitted after the session had expired."""

    template_name = "sign_in_to_send.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        sent = held_form(request.POST.get("held", ""))
        if sent is None:
            return redirect(settings.LOGIN_URL)
        if request.user.is_authenticated:
            return resubmit_page(request, sent)
        self.sent = sent
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        if self.request.user.is_authenticated:
            return resubmit_page(self.request, self.sent)
        return answer

    def ask(self, sent: SentForm) -> HttpResponse:
        """Return the page with an empty sign-in form."""
        self.sent = sent
        form = self.get_form_class()(request=self.request)
        return render(
            self.request, self.template_name, self.get_context_data(form=form), status=401
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"sent": self.sent}


def server_error(request: HttpRequest) -> HttpResponse:
    """Return 500, or 503 for an unavailable database, with the submitted form.

    Uses no query. The error may have occurred before the CSRF check, so the origin is checked here
    as well.
    """
    is_busy = isinstance(sys.exception(), OperationalError | InterfaceError)
    sent = form_sent(request) if _is_from_this_site(request) else None
    context = {"sent": sent, "is_busy": is_busy}
    answer = render(request, "500.html", context, status=503 if is_busy else 500)
    if is_busy:
        answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


def _sent_or_held(request: HttpRequest) -> SentForm | None:
    match = request.resolver_match
    if match and match.view_name == "account_send":
        return held_form(request.POST.get("held", ""))
    return form_sent(request)


def _is_from_this_site(request: HttpRequest) -> bool:
    """Return whether ``request`` comes from a page of this site, by the browser's headers."""
    here = f"{request.scheme}://{request.get_host()}"
    expected = {"Sec-Fetch-Site": "same-origin", "Origin": here}
    said = {name: request.headers[name] for name in expected if name in request.headers}
    return bool(said) and all(expected[name] == value for name, value in said.items())
