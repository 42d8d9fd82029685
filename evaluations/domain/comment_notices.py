"""Notices about comments: one table says who is told. They are mailed with the daily digest.

A comment that only reviewers may see is told only to people who see all divisions today. The
author of a comment is not told of it. The mails do not contain its text.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from evaluations.domain.recipients import OFFICERS, REVIEWERS, Recipients, can_follow
from evaluations.domain.step_notices import Mailed
from evaluations.enums import CommentAudience, CommentKind
from evaluations.models import Comment
from notices.domain.messages import notify
from notices.enums import MessageKind


@dataclass(frozen=True)
class CommentNotice:
    """A row of the table: a thread for ``audience`` is opened, or a comment is added to it.

    For an added comment, those who have written in the thread are told as well.
    """

    audience: CommentAudience
    opens: bool
    to: Recipients
    mailed: Mailed = Mailed.DAILY

    @property
    def label(self) -> str:
        """The event, in Japanese."""
        what = "コメント" if self.opens else "コメントへの返答・対応・解決・取下げ"
        return f"{what}（{self.audience.label}）"

    @property
    def recipients(self) -> str:
        """Those who are told, in Japanese."""
        return self.to.label if self.opens else f"{self.to.label}、それまでに発言した人"


COMMENT_NOTICES = (
    CommentNotice(CommentAudience.DIVISION, opens=True, to=OFFICERS),
    CommentNotice(CommentAudience.DIVISION, opens=False, to=OFFICERS),
    CommentNotice(CommentAudience.REVIEWERS, opens=True, to=REVIEWERS),
    CommentNotice(CommentAudience.REVIEWERS, opens=False, to=REVIEWERS),
)

_SAID = {
    CommentKind.OPENING: "にコメントを付けました",
    CommentKind.ANSWER: "のコメントに返答しました",
    CommentKind.ADDRESSED: "のコメントに対応したことを伝えました",
    CommentKind.RESOLVED: "のコメントを解決にしました",
    CommentKind.WITHDRAWN: "のコメントを取り下げました",
}


def announce_comment(comment: Comment) -> None:
    """Write the notices of a new comment, with links to its thread.

    Call it inside the transaction of the comment.
    """
    thread = comment.thread
    is_opening = comment.kind == CommentKind.OPENING
    concerned = Q(pk__in=[] if is_opening else thread.comments.values("author"))
    for notice in COMMENT_NOTICES:
        if (notice.audience, notice.opens) == (thread.audience, is_opening):
            concerned |= notice.to.of(thread.sheet)
    reviewers_only = thread.audience == CommentAudience.REVIEWERS
    can_see = can_follow(thread.sheet, reviewers_only=reviewers_only)
    people = User.objects.filter(concerned, can_see, is_active=True).exclude(pk=comment.author_id)
    role = f"（{comment.role}）" if comment.role else ""
    place = thread.sheet.edition.definition.name_of(thread.key)
    notify(
        people.order_by("pk"),
        kind=MessageKind.NEWS,
        subject=f"コメント：{thread.sheet}",
        body=f"{comment.author}さん{role}が、{place}{_SAID[CommentKind(comment.kind)]}"
        f"（{thread.get_audience_display()}）。",
        path=reverse("comment_thread", args=[thread.sheet.pk, thread.pk]),
        key=f"comment:{comment.pk}",
    )
