"""Comments on one item, one thread of them, and the list of all comments on a sheet."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import PersonRequest
from core.form_pages import posted, refusals_as_errors, status_of
from core.refusals import Invalid, Stale
from evaluations.access.comments import audiences_to_choose, can_comment, can_see_review
from evaluations.domain.comments import add_remark, open_thread
from evaluations.enums import CommentAudience, CommentKind
from evaluations.forms.comments import RemarkForm
from evaluations.models import Sheet
from evaluations.paper.comments_annex import annex_of, annex_pdf
from evaluations.queries.comments import (
    EntryReview,
    PlacedThread,
    reviews_of,
    threads_visible_to,
    with_remarks,
)
from evaluations.queries.content import texts_of
from evaluations.queries.suggestions import suggestions_visible_to
from evaluations.views.comment_boxes import box_of, comment_form, shown_thread
from evaluations.views.common import visible_sheet
from evaluations.views.downloads import pdf_name, pdf_response
from evaluations.views.entries import label_of
from printing.fair_share import rendering_slot

RECEIPTS = {
    CommentKind.ANSWER: "返答しました。",
    CommentKind.ADDRESSED: "対応したことを伝えました。",
    CommentKind.RESOLVED: "コメントを解決にしました。",
    CommentKind.WITHDRAWN: "コメントを取り下げました。",
}


def reviewed_sheet(request: PersonRequest, pk: int) -> Sheet:
    """Return the sheet if the person takes part in its review; otherwise refuse, or raise 404."""
    sheet = visible_sheet(request, pk)
    can_see_review(request.user.acting, sheet).require()
    return sheet


@require_safe
@never_cache
def sheet_comments(request: PersonRequest, pk: int) -> HttpResponse:
    """List the comments and suggestions on the sheet, unsettled threads first."""
    sheet = reviewed_sheet(request, pk)
    roles = request.user.roles
    reviews = reviews_of(roles, sheet, texts_of([sheet.pk])[sheet.pk])
    in_order = [reviews[i.key] for i in sheet.edition.definition.items if i.key in reviews]
    unsettled = [placed for review in in_order for placed in review.unsettled]
    settled = [placed for review in in_order for placed in review.settled]
    context = {
        "sheet": sheet,
        "unsettled": [_listed(request, sheet, placed) for placed in unsettled],
        "settled": [_listed(request, sheet, placed) for placed in settled],
        "suggestions": [
            {"suggestion": each, "name": sheet.edition.definition.name_of(each.key)}
            for each in suggestions_visible_to(roles, sheet)
        ],
    }
    return render(request, "evaluations/comments/list.html", context)


@require_safe
@never_cache
def comments_pdf(request: PersonRequest, pk: int) -> HttpResponse:
    """Return the annex of the sheet: a PDF of the comments the person may see."""
    sheet = reviewed_sheet(request, pk)
    annex = annex_of(sheet, request.user.roles)
    with rendering_slot(request.user.pk):
        pdf = annex_pdf(annex)
    return pdf_response(pdf, pdf_name(sheet, "（コメントと修正案）"))


@require_http_methods(["GET", "HEAD", "POST"])
def entry_comments(request: PersonRequest, pk: int, key: str) -> HttpResponse:
    """Show an item with its comments, and add a comment."""
    sheet = reviewed_sheet(request, pk)
    definition = sheet.edition.definition
    item = definition.item(key)
    if item is None:
        raise Http404
    section = definition.section_of(key)
    if request.method == "POST":
        can_comment(request.user.acting, sheet).require()
    form = comment_form(item, audiences_to_choose(sheet), posted(request))
    if form.is_valid():
        sent = form.cleaned_data
        with refusals_as_errors(form):
            thread = open_thread(
                sheet,
                key,
                sent["text"],
                quote=sent.get("quote", ""),
                start=sent.get("start"),
                audience=CommentAudience(sent["audience"]),
                is_blocking=sent.get("is_blocking", False),
                actor=request.user,
            )
            seen = thread.get_audience_display()
            messages.success(request, f"コメントを残しました（{seen}）。")
            return redirect(_thread_url(sheet, key, thread.pk))
    texts = texts_of([sheet.pk])[sheet.pk]
    reviews = reviews_of(request.user.roles, sheet, texts, [key])
    review = reviews.get(key) or EntryReview(texts.get(key, ""))
    box = box_of(request.user.acting, sheet, item, label_of(section, item), review, form)
    context = {"sheet": sheet, "section": section, "box": box, "text": review.text}
    return render(request, "evaluations/comments/entry.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def comment_thread(request: PersonRequest, pk: int, thread_pk: int) -> HttpResponse:
    """Show one thread, and add an answer to it or settle it."""
    sheet = reviewed_sheet(request, pk)
    visible = with_remarks(threads_visible_to(request.user.roles, sheet))
    thread = visible.filter(pk=thread_pk).first()
    if thread is None:
        raise Http404
    form = RemarkForm(posted(request), thread=thread_pk)
    if form.is_valid():
        kind, text = CommentKind(form.cleaned_data["kind"]), form.cleaned_data["text"]
        with refusals_as_errors(form, "text", kinds=(Invalid, Stale)):
            add_remark(sheet, thread_pk, kind, text, actor=request.user)
            messages.success(request, RECEIPTS[kind])
            if request.POST.get("from") == "list":
                return redirect(f"{reverse('sheet_comments', args=[pk])}#thread-{thread_pk}")
            return redirect(_thread_url(sheet, thread.key, thread_pk))
    thread.sheet = sheet
    placed = PlacedThread(thread, texts_of([sheet.pk])[sheet.pk].get(thread.key, ""))
    shown = shown_thread(request.user.acting, placed, form)
    name = sheet.edition.definition.name_of(thread.key)
    context = {"sheet": sheet, "shown": shown, "name": name}
    return render(request, "evaluations/comments/thread.html", context, status=status_of(form))


def _thread_url(sheet: Sheet, key: str, thread_pk: int) -> str:
    section = sheet.edition.definition.section_of(key)
    return f"{reverse('sheet_section', args=[sheet.pk, section.key])}#thread-{thread_pk}"


def _listed(request: PersonRequest, sheet: Sheet, placed: PlacedThread) -> dict[str, object]:
    shown = shown_thread(request.user.acting, placed)
    return {"shown": shown, "name": sheet.edition.definition.name_of(placed.thread.key)}
