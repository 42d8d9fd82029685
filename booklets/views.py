"""Pages of the booklets (冊子): selection, progress, download."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from booklets.access import can_download
from booklets.domain.requests import MOST_SHEETS, cancel_booklet, request_booklet
from booklets.domain.retention import FILE_RETENTION, FILES_PER_PERSON
from booklets.enums import BookletKind, BookletStatus
from booklets.forms import BookletForm, SelectionForm
from booklets.models import Booklet, BookletPart
from booklets.queries.booklets import booklets_of, queue_position, time_left_in_words
from core.file_names import file_name
from core.form_pages import posted, refusals_as_errors, status_of
from evaluations.access.visibility import sheets_visible_to
from evaluations.views.downloads import disposition_of

BOOKLETS_PER_PAGE = 20
HOW_LONG_KEPT = {"kept_days": FILE_RETENTION.days, "most_kept": FILES_PER_PERSON}


@require_safe
def booklet_list(request: PersonRequest) -> HttpResponse:
    """List the person's own booklets, newest first."""
    page = Paginator(booklets_of(request.user), BOOKLETS_PER_PAGE)
    context = {"page": page.get_page(request.GET.get("page")), **HOW_LONG_KEPT}
    return render(request, "booklets/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def booklet_new(request: PersonRequest) -> HttpResponse:
    """Show the number of sheets that match the filters in the query string; request a booklet.

    Invalid filters are reported, and nothing is requested.
    """
    selection = SelectionForm(request.GET)
    ids = list(selection.apply(sheets_visible_to(request.user.roles)).values_list("pk", flat=True))
    form = BookletForm(posted(request), initial={"kind": BookletKind.PDF})
    if selection.is_valid() and form.is_valid():
        with refusals_as_errors(form):
            booklet = request_booklet(
                ids,
                kind=BookletKind(form.cleaned_data["kind"]),
                selection=selection.in_words,
                actor=request.user,
            )
            return redirect("booklet_detail", booklet.pk)
    context = {"selection": selection, "form": form, "count": len(ids), "most": MOST_SHEETS}
    return render(request, "booklets/new.html", context, status=status_of(selection, form))


@require_safe
def booklet_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the progress of a booklet and the link to its file."""
    context = _progress(request, _own_booklet(request, pk))
    return render(request, "booklets/detail.html", context | {"is_fragment": False})


@require_safe
def booklet_progress(request: PersonRequest, pk: int) -> HttpResponse:
    """Return the progress as an HTML fragment, polled until the booklet is finished.

    ``said`` in the query string is the last status announced to screen readers; only a different
    one is announced.
    """
    context = _progress(request, _own_booklet(request, pk))
    is_new = request.GET.get("said") != context["milestone"]
    context |= {"is_fragment": True, "is_new": is_new}
    return render(request, "booklets/includes/progress.html", context)


@require_POST
def booklet_cancel(request: PersonRequest, pk: int) -> HttpResponse:
    """Cancel a booklet."""
    cancel_booklet(_own_booklet(request, pk), actor=request.user)
    messages.success(request, "冊子の作成を取り消しました。")
    return redirect("booklet_detail", pk)


@require_safe
def booklet_file(request: PersonRequest, pk: int) -> StreamingHttpResponse:
    """Stream the file, if the person may still see all sheets in it."""
    booklet = _own_booklet(request, pk)
    if booklet.status not in (BookletStatus.DONE, BookletStatus.EXPIRED):
        raise Http404
    can_download(request.user.roles, booklet).require()
    kind = BookletKind(booklet.kind)
    return StreamingHttpResponse(
        _pieces(booklet),
        content_type="application/zip" if kind == BookletKind.ZIP else "application/pdf",
        headers={
            "Content-Length": str(booklet.size),
            "Content-Disposition": disposition_of(_file_name(booklet)),
            "Cache-Control": "private, no-store",
        },
    )


def _own_booklet(request: PersonRequest, pk: int) -> Booklet:
    return get_object_or_404(booklets_of(request.user), pk=pk)


def _progress(request: PersonRequest, booklet: Booklet) -> dict[str, Any]:
    # Announced to screen readers at every quarter only.
    milestone = f"{booklet.status}-{booklet.percent // 25}"
    return {
        "booklet": booklet,
        "position": queue_position(booklet),
        "time_left": time_left_in_words(booklet),
        "may_download": can_download(request.user.roles, booklet)
        if booklet.status == BookletStatus.DONE
        else None,
        **HOW_LONG_KEPT,
        "milestone": milestone,
        "is_new": True,
    }


def _pieces(booklet: Booklet) -> Iterator[bytes]:
    """Yield the file, one piece in memory at a time."""
    numbers = list(booklet.parts.order_by("number").values_list("pk", flat=True))
    for pk in numbers:
        yield bytes(BookletPart.objects.values_list("content", flat=True).get(pk=pk))


def _file_name(booklet: Booklet) -> str:
    kind = BookletKind(booklet.kind)
    name = "一覧表" if kind == BookletKind.LIST else "冊子"
    day = timezone.localtime(booklet.requested_at)
    return file_name(f"{booklet.title}_{name}_{day:%Y%m%d}", kind.suffix)
