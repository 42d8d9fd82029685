"""Who is let through, and from a refusal to the page that explains it."""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from accounts.requests import wants_json
from accounts.views import signed_out
from evaluations.refusals import Refusal
from evaluations.views.why import refusal_page


class SignInMiddleware(LoginRequiredMiddleware):
    """Lead whoever is not signed in to the sign-in page; tell a script so instead (401)."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if wants_json(request) or "HX-Request" in request.headers:
            return signed_out()
        return super().handle_no_permission(request, view_func)


class RefusalMiddleware:
    """Answer a refusal no view has dealt with: its message, and the way back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page for a ``Refusal``; let every other exception pass."""
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
