"""Middleware for required sign-in, invalid paths, and refusals."""

from collections.abc import Callable
from urllib.parse import unquote

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from accounts.requests import wants_json
from accounts.views import signed_out
from config.refusal_pages import denied_page, missing_page, refusal_page
from config.resubmission import sign_in_page
from config.sent_form import form_sent
from core.refusals import NotStored, Refusal, Stale


class SignInMiddleware(LoginRequiredMiddleware):
    """Redirect anonymous users to the sign-in page; scripts get 401 as JSON.

    If they submitted a form, the sign-in page carries it along for resubmission. (Its token has
    been checked: the CSRF middleware comes first.)
    """

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if wants_json(request) or "HX-Request" in request.headers:
            return signed_out()
        if sent := form_sent(request):
            return sign_in_page(request, sent)
        return super().handle_no_permission(request, view_func)


class AddressMiddleware:
    """Return 400 for a URL that contains NUL, which PostgreSQL does not accept in text.

    Form data is cleaned by the forms.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "\0" in unquote(request.META.get("QUERY_STRING", "")):
            raise BadRequest("NUL in the address")
        return self.get_response(request)


class RefusalMiddleware:
    """Turn an unhandled refusal into an error page with its message and a link back.

    The page gives back the submitted text, even if the person may no longer see the sheet.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page for a ``Refusal``, or for 403 or 404 of a form; None otherwise."""
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
