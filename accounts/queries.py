"""Who holds a role, on a day or today; and the persons to ask, by name."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Deputyship, Division, Membership, User

MOST_NAMES = 5


def people_with(role: Role, division: Division | None = None, *, on: date) -> QuerySet[User]:
    """Return who acts in ``role`` on the day ``on``, deputies included, each once.

    ``division`` None: the role for the whole ministry. Blocked accounts hold none and lend none.
    """
    return User.objects.filter(acting_as(role, division, on=on), is_active=True)


def acting_as(role: Role, division: Division | None = None, *, on: date) -> Q:
    """Return ``people_with`` as a condition on people, blocked accounts apart."""
    held = Membership.objects.on(on).filter(role=role, division=division, user__is_active=True)
    lent = Deputyship.objects.on(on).filter(membership__in=held)
    return Q(pk__in=held.values("user")) | Q(pk__in=lent.values("deputy"))


@dataclass(frozen=True)
class Holder:
    """A person who acts in ``role`` today: ``deputy`` where it is lent to them."""

    user_id: int
    name: str
    role: str
    deputy: bool = False

    def __str__(self) -> str:
        return f"代行 {self.name}さん" if self.deputy else f"{self.name}さん"


def holders_in(division_id: int) -> list[Holder]:
    """Return who acts for the division, and for the whole ministry, today. Two queries."""
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
    """Return who acts in ``role``: 「佐藤 花子さん、代行 鈴木 一郎さん」; empty: nobody does.

    ``apart_from``: the ids of persons who hold the role and are barred all the same.
    """
    asked = [each for each in holders if each.role == role and each.user_id not in apart_from]
    names = list(dict.fromkeys(str(each) for each in asked))
    rest = f"、ほか{len(names) - MOST_NAMES}人" if len(names) > MOST_NAMES else ""
    return f"{'、'.join(names[:MOST_NAMES])}{rest}"
