"""A person's own pages: deputies, and the CSRF token for scripts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.domain.deputies import appoint_deputy, end_deputyship
from accounts.forms import DeputyForm, lendable_by
from accounts.models import Deputyship
from accounts.requests import PersonRequest
from core.form_pages import posted, status_of

SIGNED_OUT = "ログインの有効時間が過ぎました。ログインし直してください。"
PAGE_TOO_OLD = "画面を開いてから長い時間がたったため、送信を受け付けられませんでした。"


@login_not_required
@require_safe
@never_cache
def token(request: HttpRequest) -> JsonResponse:
    """Return a fresh CSRF token and the signed-in person, for pages that have been open for long.

    ``person`` is None for anonymous users.
    """
    who = {"id": request.user.pk, "name": str(request.user)}
    signed_in = request.user.is_authenticated
    return JsonResponse({"csrf": get_token(request), "person": who if signed_in else None})


def page_too_old() -> JsonResponse:
    """Return 403 with JSON for a CSRF token of another session; the script can fetch a new one."""
    return JsonResponse({"code": "csrf", "message": PAGE_TOO_OLD}, status=403)


def signed_out() -> JsonResponse:
    """Return 401 with JSON for an expired session, since a script cannot use a sign-in page."""
    return JsonResponse({"code": "signed_out", "message": SIGNED_OUT}, status=401)


@require_http_methods(["GET", "HEAD", "POST"])
def deputies(request: PersonRequest) -> HttpResponse:
    """List the deputyships by and for the person, and appoint a new deputy."""
    form = DeputyForm(posted(request), person=request.user)
    if form.is_valid():
        try:
            appoint_deputy(form.instance, actor=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{form.instance.deputy}さんに代行を頼みました。")
            return redirect("deputies")
    known = Deputyship.objects.select_related("deputy", "membership__user", "membership__division")
    context = {
        "form": form,
        "can_ask": lendable_by(request.user).exists(),
        "asked": known.filter(membership__user=request.user),
        "taken_on": known.filter(deputy=request.user),
    }
    return render(request, "accounts/deputies.html", context, status=status_of(form))


@require_POST
def deputy_end(request: PersonRequest, pk: int) -> HttpResponse:
    """End one of the person's own deputyships; 404 for others."""
    deputyship = get_object_or_404(Deputyship, pk=pk, membership__user=request.user)
    end_deputyship(deputyship, actor=request.user)
    messages.success(request, f"{deputyship.deputy}さんの代行を取りやめました。")
    return redirect("deputies")
