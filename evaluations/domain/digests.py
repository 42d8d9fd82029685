"""The daily digest: a mail with a person's new messages and tasks."""

from datetime import date

from django.utils import timezone

from accounts.models import User
from accounts.roles import roles_of
from evaluations.queries.home import Pile, piles_of
from notices.domain.messages import queue_digest
from notices.mail_text import absolute_url
from notices.models import Message


def send_digests(day: date) -> int:
    """Queue the digest of ``day`` for everybody with new messages; return how many.

    New messages are unread and not mailed yet. Tasks alone cause no mail, since deadlines have
    reminders. Idempotent.
    """
    news = Message.objects.filter(read_at=None, mailed_at=None)
    people = User.objects.filter(is_active=True, pk__in=news.values("recipient"))
    return sum(_send(person, day) for person in people.exclude(email=""))


def _send(person: User, day: date) -> bool:
    news = list(person.messages.filter(read_at=None, mailed_at=None).order_by("created_at", "pk"))
    waiting = [pile for pile in piles_of(roles_of(person)) if pile.count]
    blocks = [f"■ 新しいお知らせ（{len(news)}件）", *(_news(message) for message in news)]
    if waiting:
        blocks += ["■ あなたの対応を待っているもの", "\n".join(_pile(pile) for pile in waiting)]
    return queue_digest(
        person,
        f"{day:%-m月%-d日}のお知らせ（{len(news)}件）",
        "\n\n".join(blocks),
        messages=news,
        key=f"digest:{person.pk}:{day}",
    )


def _news(message: Message) -> str:
    at = timezone.localtime(message.created_at)
    lines = (
        f"・{message.subject}（{at:%-m月%-d日 %H:%M}）",
        message.body,
        absolute_url(message.path),
    )
    return "\n　".join(line for line in lines if line)


def _pile(pile: Pile) -> str:
    deadline = f"（期限：{pile.deadline:%-m月%-d日}）" if pile.deadline else ""
    return f"・{pile.title}　{pile.count}件{deadline}　{pile.task}"
