"""Who is let through, and from a refusal to the page that explains it."""

from collections.abc import Callable
from urllib.parse import unquote

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from accounts.requests import wants_json
from accounts.views import signed_out
from config.refusal_pages import denied_page, missing_page, refusal_page
from config.sending_again import sign_in_first
from core.refusals import NotStored, Refusal, Stale
from evaluations.forms.sent_form import form_sent


class SignInMiddleware(LoginRequiredMiddleware):
    """Lead whoever is not signed in to the sign-in page; tell a script so instead (401).

    Whoever sent a form signs in beside it, and sends it again. (Its token was right: CSRF comes
    first.)
    """

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if wants_json(request) or "HX-Request" in request.headers:
            return signed_out()
        if sent := form_sent(request):
            return sign_in_first(request, sent)
        return super().handle_no_permission(request, view_func)


class AddressMiddleware:
    """Answer 400 to an address with NUL in it: no page has one, and PostgreSQL takes no such text.

    What is typed into a form is the form's to clean.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "\0" in unquote(request.META.get("QUERY_STRING", "")):
            raise BadRequest("NUL in the address")
        return self.get_response(request)


class RefusalMiddleware:
    """Answer a refusal no view has dealt with: its message, and the way back.

    Whoever has written something gets it back, also where the sheet is no longer theirs to see.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page for a ``Refusal``, or a form's 403 or 404; let all others pass."""
        if request.method == "POST" and not wants_json(request):
            if isinstance(exception, Http404):
                return missing_page(request)
            if isinstance(exception, PermissionDenied):
                return denied_page(request, exception)
        if isinstance(exception, NotStored):
            exception = Stale(" ".join(exception.messages))
        if not isinstance(exception, Refusal):
            return None
        if wants_json(request):
            answer: HttpResponse = JsonResponse(
                {"message": exception.message}, status=exception.status
            )
        else:
            answer = refusal_page(request, exception)
        if exception.retry_after:
            answer.headers["Retry-After"] = str(exception.retry_after)
        return answer
