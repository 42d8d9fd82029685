"""異動: people leave a role on one day and begin another the day after; past roles stay."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.domain.register import save_record
from accounts.enums import Role
from accounts.models import Deputyship, Division, Membership, User


@dataclass(frozen=True)
class Post:
    """A role, and the division to which it belongs if it does."""

    role: Role
    division: Division | None = None

    def __str__(self) -> str:
        return f"{self.division} {self.role.label}" if self.division else str(self.role.label)


def roles_beyond(person: User, last_day: date) -> list[Membership]:
    """Return the memberships of ``person`` that begin by ``last_day`` and reach past it."""
    held = person.memberships.filter(valid_from__lte=last_day).exclude(valid_until__lte=last_day)
    return list(held.select_related("division").order_by("pk"))


def transfer(
    person: User,
    *,
    last_day: date,
    leave: Sequence[Membership],
    posts: Iterable[Post],
    actor: User,
) -> None:
    """End the memberships ``leave`` on ``last_day`` and begin ``posts`` the day after.

    All or nothing, each on record. Raises ValidationError where a membership does not reach past
    ``last_day`` (somebody ended it meanwhile, say), where a post is held already, or where its
    division does not exist by then.
    """
    begun = list(posts)
    if not leave and not begun:
        raise ValidationError("終える役割又は始める役割を選んでください。")
    with transaction.atomic():
        # no_key: the record refers to this row while it is locked.
        User.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
        held = {each.pk: each for each in roles_beyond(person, last_day)}
        for each in leave:
            if each.pk not in held:
                raise ValidationError(
                    f"「{each.title}」は、この日に終えられません。"
                    "画面を開いた後に変更されていないか確かめてください。"
                )
            end_membership(held.pop(each.pk), last_day, actor=actor)
        for post in begun:
            if any((m.role, m.division) == (post.role, post.division) for m in held.values()):
                raise ValidationError(f"「{post}」の役割は、既にお持ちです。")
            begin_membership(person, post, last_day + timedelta(days=1), actor=actor)
        audit.record(
            "person.transfer",
            person,
            actor=actor,
            before={"roles": [each.title for each in leave], "last_day": last_day.isoformat()},
            after={"roles": [str(post) for post in begun]},
        )


def end_membership(membership: Membership, last_day: date, *, actor: User | None) -> None:
    """Make ``last_day`` the last day of ``membership``, on record."""
    membership.valid_until = last_day
    save_record(membership, actor=actor)


def begin_membership(
    person: User, post: Post, first_day: date, *, actor: User | None, until: date | None = None
) -> Membership:
    """Give ``person`` a role from ``first_day`` on, on record."""
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
    """Let whoever was to act for ``old`` beyond its end act for ``new``, until the same day."""
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
