"""Verification of issued PDFs, open to everybody, without sign-in."""

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from evaluations.forms.verification import InMemory, VerifyForm
from evaluations.paper.verdict_words import VerdictInWords, verdict_in_words
from evaluations.paper.verification import PdfStatus, verify_for_everybody
from printing.errors import ReaderFailed

AT_COST = "verify_pdf_at_cost"
TOO_OFTEN = VerdictInWords(
    "warning",
    "続けて確かめられる回数を超えました",
    "1分ほど待ってから、もう一度選んでください。",
)


# Reading the CSRF token would read the file before the view has set its upload handler. Nothing is
# changed here, and the response is the same for everybody.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify_pdf(request: HttpRequest) -> HttpResponse:
    """Tell whether an uploaded PDF is the issued one. The file is never stored."""
    if request.method != "POST":
        return _page(request, VerifyForm())
    if not _is_within_limits(request):
        return _page(request, VerifyForm(), TOO_OFTEN, status=429)
    handler = InMemory(request)
    request.upload_handlers = [handler]
    fields, files = request.POST, request.FILES  # parsed now, so the handler knows the size
    form = VerifyForm(fields, files, is_too_large=handler.is_too_large)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        verdict = verify_for_everybody(form.cleaned_data["pdf"].read())
    except ReaderFailed as failed:
        told = VerdictInWords("warning", failed.heading, failed.message)
        answer = _page(request, VerifyForm(), told, status=failed.status)
        if failed.retry_after:
            answer.headers["Retry-After"] = str(failed.retry_after)
        return answer
    if verdict.status != PdfStatus.TOO_COSTLY:
        return _page(request, VerifyForm(), verdict_in_words(verdict))
    ratelimit.consume(request, action=AT_COST)
    return _page(request, VerifyForm(), verdict_in_words(verdict), status=422)


def _is_within_limits(request: HttpRequest) -> bool:
    """Whether the client is within both rate limits: for all files, and for costly ones.

    A costly file keeps the only reader busy for seconds.
    """
    has_turns_left = ratelimit.consume(request, action=AT_COST, dry_run=True)
    return has_turns_left and ratelimit.consume(request, action="verify_pdf")


def _page(
    request: HttpRequest, form: VerifyForm, found: VerdictInWords | None = None, status: int = 200
) -> HttpResponse:
    return render(
        request,
        "evaluations/issued_pdf/verification.html",
        {"form": form, "found": found},
        status=status,
    )
