"""Answers that belong to no page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import wants_json

SIGNED_OUT = "ログインの有効時間が過ぎました。ログインし直してください。"
PAGE_TOO_OLD = "画面を開いてから長い時間がたったため、送信を受け付けられませんでした。"


@login_not_required
@require_safe
@never_cache
def token(request: HttpRequest) -> JsonResponse:
    """Tell a page that has been open for long who is signed in now, and give it a fresh token.

    ``person`` is None where nobody is.
    """
    who = {"id": request.user.pk, "name": str(request.user)}
    signed_in = request.user.is_authenticated
    return JsonResponse({"csrf": get_token(request), "person": who if signed_in else None})


def signed_out() -> JsonResponse:
    """Tell a script that the session is over (401): a sign-in page would be of no use to it."""
    return JsonResponse({"code": "signed_out", "message": SIGNED_OUT}, status=401)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say politely that the page was open too long, and what to do (403)."""
    if wants_json(request):
        return JsonResponse({"code": "csrf", "message": PAGE_TOO_OLD}, status=403)
    return render(request, "403_csrf.html", status=403)
