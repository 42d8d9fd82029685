"""People who hold a role on a date, and their names."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Deputyship, Division, Membership, User

MOST_NAMES = 5


def people_with(role: Role, division: Division | None = None, *, on: date) -> QuerySet[User]:
    """Return the distinct people who act in ``role`` on the date ``on``, deputies included.

    ``division`` is None for ministry-wide roles. Inactive accounts hold and lend no roles.
    """
    return User.objects.filter(has_role(role, division, on=on), is_active=True)


def has_role(role: Role, division: Division | None = None, *, on: date) -> Q:
    """Return the condition of ``people_with`` on users, but for ``is_active``."""
    held = Membership.objects.on(on).filter(role=role, division=division, user__is_active=True)
    lent = Deputyship.objects.on(on).filter(membership__in=held)
    return Q(pk__in=held.values("user")) | Q(pk__in=lent.values("deputy"))


@dataclass(frozen=True)
class Holder:
    """A person who acts in ``role`` today, with ``deputy`` true for a deputy."""

    user_id: int
    name: str
    role: str
    deputy: bool = False

    def __str__(self) -> str:
        return f"代行 {self.name}さん" if self.deputy else f"{self.name}さん"


def holders_in(division_id: int) -> list[Holder]:
    """Return today's holders of roles in the division and ministry-wide. Two queries."""
    today = timezone.localdate()
    deputies = Deputyship.objects.on(today).filter(deputy__is_active=True).select_related("deputy")
    memberships = (
        Membership.objects.on(today)
        .filter(Q(division=division_id) | Q(division=None), user__is_active=True)
        .select_related("user")
        .prefetch_related(Prefetch("deputyships", deputies))
        .order_by("pk")
    )
    found = []
    for each in memberships:
        found.append(Holder(each.user_id, str(each.user), each.role))
        found += [
            Holder(lent.deputy_id, str(lent.deputy), each.role, deputy=True)
            for lent in each.deputyships.all()
        ]
    return found


def names_of(holders: Iterable[Holder], role: Role, apart_from: Collection[int] = ()) -> str:
    """Return the names of the holders of ``role``: 「佐藤 花子さん、代行 鈴木 一郎さん」, or "".

    ``apart_from``: ids of holders to leave out, such as those who may not act in this case.
    """
    asked = [each for each in holders if each.role == role and each.user_id not in apart_from]
    names = list(dict.fromkeys(str(each) for each in asked))
    rest = f"、ほか{len(names) - MOST_NAMES}人" if len(names) > MOST_NAMES else ""
    return f"{'、'.join(names[:MOST_NAMES])}{rest}"
