"""Is this PDF genuine? For everybody, without signing in."""

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


# A token would be asked for before the view can say how the file is to be taken; and nothing is
# changed here, nor does the answer depend on who asks.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify_pdf(request: HttpRequest) -> HttpResponse:
    """Tell of an uploaded PDF whether it is the one that was issued. It is read, never stored."""
    if request.method != "POST":
        return _page(request, VerifyForm())
    if not _may_go_on(request):
        return _page(request, VerifyForm(), TOO_OFTEN, status=429)
    handler = InMemory(request)
    request.upload_handlers = [handler]
    fields, files = request.POST, request.FILES  # read now, by which the handler learns the length
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


def _may_go_on(request: HttpRequest) -> bool:
    """Whether neither too many files, nor too many of the costly ones, have just come from there.

    One of these keeps the only reader busy for seconds.
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
