"""Transfers (異動): a person's roles end on one day and others begin the next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.enums import Role
from accounts.models import Deputyship, Division, Membership, User
from audit import trail
from audit.records import save_record
from core.locking import lock_in_order


@dataclass(frozen=True)
class Post:
    """A role, with its division if it is a division role."""

    role: Role
    division: Division | None = None

    def __str__(self) -> str:
        return f"{self.division} {self.role.label}" if self.division else str(self.role.label)


def transfer(
    person: User,
    *,
    last_day: date,
    leave: Sequence[Membership],
    posts: Iterable[Post],
    actor: User,
) -> None:
    """End the memberships ``leave`` on ``last_day``, and begin ``posts`` the day after.

    All or nothing, with an audit entry for each. Raises ValidationError if a membership ends
    earlier anyway, a post is or will be held already, or its division does not exist by then.
    """
    begun = list(posts)
    if not leave and not begun:
        raise ValidationError("終える役割又は始める役割を選んでください。")
    if len(set(begun)) < len(begun):
        raise ValidationError("始める役割に、同じものが二つあります。一つにしてください。")
    with transaction.atomic():
        begun = _lock(person, begun)
        roles = person.memberships.prefetch_related("division")
        held = {each.pk: each for each in lock_in_order(roles)}
        for each in leave:
            _check_can_end(held[each.pk], last_day)
        for post in begun:
            _check_not_held(post, [m for m in held.values() if m not in leave], last_day)
        for each in leave:
            end_membership(held[each.pk], last_day, actor=actor)
        for post in begun:
            begin_membership(person, post, last_day + timedelta(days=1), actor=actor)
        trail.record(
            "person.transfer",
            person,
            actor=actor,
            before={"roles": [each.title for each in leave], "last_day": last_day.isoformat()},
            after={"roles": [str(post) for post in begun]},
        )


def _lock(person: User, posts: Iterable[Post]) -> list[Post]:
    """Lock ``person`` and the divisions of ``posts``; return the posts with reread divisions."""
    lock_in_order(User.objects.filter(pk=person.pk))
    known = [post.division.pk for post in posts if post.division]
    fresh = {each.pk: each for each in lock_in_order(Division.objects.filter(pk__in=known))}
    return [Post(post.role, fresh[post.division.pk] if post.division else None) for post in posts]


def _check_can_end(membership: Membership, last_day: date) -> None:
    """Raise ValidationError unless ``membership`` is in force on ``last_day`` and beyond."""
    until = membership.valid_until
    if membership.valid_from > last_day:
        known = f"{membership.valid_from:%Y年%-m月%-d日}に始まる役割です。"
    elif until and until <= last_day:
        known = f"{until:%Y年%-m月%-d日}に終わることが、既に登録されています。"
    else:
        return
    raise ValidationError(f"「{membership.title}」は、この日に終えられません。{known}")


def _check_not_held(post: Post, others: Iterable[Membership], last_day: date) -> None:
    """Raise ValidationError if one of ``others`` is the same post after ``last_day``."""
    for each in others:
        if (each.role, each.division) != (post.role, post.division):
            continue
        if each.valid_from > last_day:
            raise ValidationError(
                f"「{post}」の役割が{each.valid_from:%Y年%-m月%-d日}に始まることは、"
                "既に登録されています。"
            )
        if each.valid_until is None or each.valid_until > last_day:
            raise ValidationError(f"「{post}」の役割は、既にお持ちです。")


def end_membership(membership: Membership, last_day: date, *, actor: User | None) -> None:
    """Make ``last_day`` the last day of ``membership``, with an audit entry."""
    membership.valid_until = last_day
    save_record(membership, actor=actor)


def begin_membership(
    person: User, post: Post, first_day: date, *, actor: User | None, until: date | None = None
) -> Membership:
    """Give ``person`` a role from ``first_day`` on, with an audit entry."""
    membership = Membership(
        user=person,
        role=post.role,
        division=post.division,
        valid_from=first_day,
        valid_until=until,
    )
    membership.full_clean()
    save_record(membership, actor=actor)
    return membership


def carry_deputies(old: Membership, new: Membership, *, actor: User | None) -> None:
    """Continue the deputyships of ``old`` that go beyond its end for ``new``."""
    for lent in old.deputyships.filter(ended_at=None, valid_until__gte=new.valid_from):
        carried = Deputyship(
            membership=new,
            deputy_id=lent.deputy_id,
            valid_from=max(lent.valid_from, new.valid_from),
            valid_until=lent.valid_until,
            reason=lent.reason,
        )
        if not Deputyship.objects.overlapping(carried).exists():
            save_record(carried, actor=actor)
