"""Who is told of which comment: one table. By mail it goes with the day's digest, wordless.

Nobody is told of what they may not hear: what is for reviewers alone goes to people who see all
divisions today, and to nobody else. Whoever says something is not told of it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from accounts.queries import acting_as
from evaluations.domain.step_notices import Mailed, who_may_know
from evaluations.enums import CommentAudience, CommentKind
from evaluations.models import Comment, CommentThread
from notices.domain.messages import notify
from notices.enums import MessageKind


@dataclass(frozen=True)
class Hearers:
    """Those who are told: their name for people, and the condition that finds them."""

    label: str
    of: Callable[[CommentThread], Q]


@dataclass(frozen=True)
class CommentNotice:
    """A row of the table: of comments for ``audience``, when a thread opens or when it goes on."""

    audience: CommentAudience
    opens: bool
    to: tuple[Hearers, ...]
    mailed: Mailed = Mailed.DAILY

    @property
    def label(self) -> str:
        """What is told of, in words."""
        what = "コメント" if self.opens else "コメントへの返答・対応・解決・取下げ"
        return f"{what}（{self.audience.label}）"


def _officers(thread: CommentThread) -> Q:
    division = thread.sheet.answering_division
    return acting_as(Role.OFFICER, division, on=timezone.localdate())


def _reviewers(thread: CommentThread) -> Q:
    return acting_as(Role.REVIEWER, on=timezone.localdate())


def _speakers(thread: CommentThread) -> Q:
    return Q(pk__in=Comment.objects.filter(thread=thread).values("author"))


OFFICERS = Hearers("担当課室の担当官", _officers)
REVIEWERS = Hearers("審査担当", _reviewers)
SPEAKERS = Hearers("それまでに発言した人", _speakers)

COMMENT_NOTICES = (
    CommentNotice(CommentAudience.DIVISION, opens=True, to=(OFFICERS,)),
    CommentNotice(CommentAudience.DIVISION, opens=False, to=(OFFICERS, SPEAKERS)),
    CommentNotice(CommentAudience.REVIEWERS, opens=True, to=(REVIEWERS,)),
    CommentNotice(CommentAudience.REVIEWERS, opens=False, to=(REVIEWERS, SPEAKERS)),
)

_SAID = {
    CommentKind.OPENING: "にコメントを付けました",
    CommentKind.ANSWER: "のコメントに返答しました",
    CommentKind.ADDRESSED: "のコメントに対応したことを伝えました",
    CommentKind.RESOLVED: "のコメントを解決にしました",
    CommentKind.WITHDRAWN: "のコメントを取り下げました",
}


def announce_comment(comment: Comment) -> None:
    """Tell those concerned that ``comment`` was made. Belongs inside its transaction.

    Its words stay in the thread, to which the message leads.
    """
    thread = comment.thread
    is_opening = comment.kind == CommentKind.OPENING
    concerned = Q(pk__in=[])
    for notice in COMMENT_NOTICES:
        if (notice.audience, notice.opens) == (thread.audience, is_opening):
            for hearers in notice.to:
                concerned |= hearers.of(thread)
    hear = who_may_know(thread.sheet, inside=thread.audience == CommentAudience.REVIEWERS)
    people = User.objects.filter(concerned, hear, is_active=True).exclude(pk=comment.author_id)
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
