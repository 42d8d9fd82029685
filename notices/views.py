"""Pages of the person's own messages (お知らせ)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import BooleanField, ExpressionWrapper, Max, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import PersonRequest
from notices.domain.messages import mark_all_read, mark_read
from notices.models import Message
from notices.queries import with_readable_notes

MESSAGES_PER_PAGE = 20
LARGEST_NUMBER = 2**63 - 1


@require_safe
def message_list(request: PersonRequest) -> HttpResponse:
    """List the person's messages, unread ones first."""
    told = with_readable_notes(Message.objects.filter(recipient=request.user), request.user.roles)
    is_unread = ExpressionWrapper(Q(read_at=None), output_field=BooleanField())
    page = Paginator(told.order_by(is_unread.desc(), "-created_at", "-pk"), MESSAGES_PER_PAGE)
    return render(
        request,
        "notices/messages.html",
        {
            "page": page.get_page(request.GET.get("page")),
            # "Mark all as read" does not include messages that arrive later.
            "newest": told.aggregate(Max("pk"))["pk__max"],
        },
    )


@require_POST
def message_open(request: PersonRequest, pk: int) -> HttpResponse:
    """Mark a message as read and redirect to its ``path``."""
    message = get_object_or_404(Message, pk=pk, recipient=request.user)
    mark_read(message)
    return redirect(message.path)


@require_POST
def messages_read(request: PersonRequest) -> HttpResponse:
    """Mark all messages as read that existed when the list was opened."""
    newest = request.POST.get("newest", "")
    up_to = int(newest[:20]) if newest.isascii() and newest.isdigit() else 0
    count = mark_all_read(request.user, up_to=min(up_to, LARGEST_NUMBER))
    if count:
        messages.success(request, f"{count}件を既読にしました。")
    else:
        messages.info(request, "未読のお知らせはありません。")
    return redirect("messages")
