"""Answers that belong to no page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

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


def page_too_old() -> JsonResponse:
    """Tell a script that its token is not of this session (403): it can ask for another."""
    return JsonResponse({"code": "csrf", "message": PAGE_TOO_OLD}, status=403)


def signed_out() -> JsonResponse:
    """Tell a script that the session is over (401): a sign-in page would be of no use to it."""
    return JsonResponse({"code": "signed_out", "message": SIGNED_OUT}, status=401)
