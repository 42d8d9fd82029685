"""From a refusal to the page that explains it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evaluations.refusals import Refusal


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
        return render(
            request,
            "refusal.html",
            {"message": exception.message, "problems": getattr(exception, "problems", ())},
            status=exception.status,
        )
