"""What a person is today: the union of the roles they hold, and of those they deputise in."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.auth.models import AbstractUser
from django.db.models import Q
from django.utils import timezone

from accounts.enums import Role

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Roles:
    """The roles of one person on one day. Divisions are held by their ids."""

    titles: tuple[str, ...] = ()
    officer_of: frozenset[int] = frozenset()
    head_of: frozenset[int] = frozenset()
    is_reviewer: bool = False
    is_coordinator: bool = False
    is_viewer: bool = False
    is_auditor: bool = False
    is_administrator: bool = False

    @property
    def in_words(self) -> str:
        """All titles, as the record keeps them: at most 300 characters."""
        return "、".join(self.titles)[:300]

    @property
    def divisions(self) -> frozenset[int]:
        """The divisions in which the person works, as officer or head."""
        return self.officer_of | self.head_of

    @cached_property
    def inherited(self) -> frozenset[int]:
        """The ended divisions whose past those of the person's have taken over. One query, once."""
        if not self.divisions:
            return frozenset()
        succession = apps.get_model("accounts", "DivisionSuccession")
        followed = succession.objects.filter(successor__in=self.divisions)
        return frozenset(followed.values_list("predecessor", flat=True))

    @property
    def sees_all_divisions(self) -> bool:
        """Whether every division's sheets are shown, in whatever state."""
        return self.is_reviewer or self.is_coordinator

    @property
    def may_use_admin(self) -> bool:
        """Whether the admin opens: for all but those who only read sheets, or have no role."""
        return bool(self.divisions) or self.sees_all_divisions or self.reads_audit_log

    @property
    def reads_audit_log(self) -> bool:
        """Whether the whole audit log is shown."""
        return self.is_auditor or self.is_coordinator or self.is_administrator


def roles_of(user: AbstractUser) -> Roles:
    """Return the roles in which ``user`` acts today: their own, and those lent to a deputy.

    One query. An inactive account holds none, and lends none.
    """
    if not user.is_active:
        return Roles()
    today = timezone.localdate()
    lent = apps.get_model("accounts", "Deputyship").objects.on(today).filter(deputy=user.pk)
    # Of another's membership, that is in force itself: what one has is lent, or one's own.
    theirs = Q(user=user.pk) | Q(pk__in=lent.values("membership"))
    in_force = apps.get_model("accounts", "Membership").objects.on(today)
    memberships = in_force.filter(theirs, user__is_active=True).select_related("division", "user")
    held = sorted(memberships, key=lambda m: (m.user_id != user.pk, m.pk))
    roles = {membership.role for membership in held}
    places = [(m.role, m.division_id) for m in held if m.division_id]
    return Roles(
        titles=tuple(m.title if m.user_id == user.pk else m.title_of_deputy for m in held),
        officer_of=frozenset(pk for role, pk in places if role == Role.OFFICER),
        head_of=frozenset(pk for role, pk in places if role == Role.HEAD),
        is_reviewer=Role.REVIEWER in roles,
        is_coordinator=Role.COORDINATOR in roles,
        is_viewer=Role.VIEWER in roles,
        is_auditor=Role.AUDITOR in roles,
        is_administrator=user.is_superuser,
    )


@dataclass(frozen=True)
class Acting:
    """A person and the roles in which they act: the rules of access decide on both together."""

    user: "User"
    roles: Roles


def acting_as(user: "User") -> Acting:
    """Return ``user`` with the roles of this moment, for what writes. One query.

    Made after the locks: a role may have ended since the page, or while a lock was waited for.
    """
    return Acting(user, roles_of(user))
