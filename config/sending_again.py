"""What was sent and not taken comes back on a page, with a button that sends it again.

Nothing is sent by this page itself: the person sees as whom they send what, and presses.
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
from evaluations.forms.sent_form import SentForm, form_sent, held_form

RETRY_SECONDS = 30


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a request whose token is not of this session (403), as after signing in elsewhere.

    What was sent comes back only to a page of this site: with what another site made up, the page
    would be its forged request, one press away. Browsers say where a request comes from, and no
    page can make them say otherwise.
    """
    if wants_json(request):
        return page_too_old()
    sent = _sent_or_held(request) if _is_from_this_site(request) else None
    if sent is None:
        return render(request, "403_csrf.html", status=403)
    return (
        send_again(request, sent) if request.user.is_authenticated else sign_in_first(request, sent)
    )


def send_again(request: HttpRequest, sent: SentForm) -> HttpResponse:
    """Return the page that sends the form as the person who is signed in now (403)."""
    return render(request, "send_again.html", {"sent": sent}, status=403)


def sign_in_first(request: HttpRequest, sent: SentForm) -> HttpResponse:
    """Return the page on which to sign in with the form kept beside it (401).

    401 and no redirect: the form would be lost on the way.
    """
    view = SignInToSendView()
    view.setup(request)
    return view.ask(sent)


@method_decorator([login_not_required, never_cache], name="dispatch")
class SignInToSendView(LoginView):
    """The sign-in that carries a form which was sent when the session had ended."""

    template_name = "sign_in_to_send.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        sent = held_form(request.POST.get("held", ""))
        if sent is None:
            return redirect(settings.LOGIN_URL)
        if request.user.is_authenticated:
            return send_again(request, sent)
        self.sent = sent
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        if self.request.user.is_authenticated:
            return send_again(self.request, self.sent)
        return answer

    def ask(self, sent: SentForm) -> HttpResponse:
        """Return the page with an empty sign-in: nothing of the request was meant for it."""
        self.sent = sent
        form = self.get_form_class()(request=self.request)
        return render(
            self.request, self.template_name, self.get_context_data(form=form), status=401
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"sent": self.sent}


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a fault (500) or a database that is busy or away (503), with what was sent.

    The page asks the database nothing. The fault may have come before the check of the token, so
    that here too the browser has to vouch for the form.
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
    """Return whether the browser vouches that a page of this site sent ``request``."""
    here = f"{request.scheme}://{request.get_host()}"
    expected = {"Sec-Fetch-Site": "same-origin", "Origin": here}
    said = {name: request.headers[name] for name in expected if name in request.headers}
    return bool(said) and all(expected[name] == value for name, value in said.items())
