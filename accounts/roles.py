"""What a person is today: the union of the roles they hold."""

from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.models import AbstractUser
from django.utils import timezone

from accounts.enums import Role


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

    @property
    def sees_all_divisions(self) -> bool:
        """Whether every division's sheets are shown, in whatever state."""
        return self.is_reviewer or self.is_coordinator

    @property
    def may_use_admin(self) -> bool:
        """Whether the admin opens: for all but those who only read sheets, or have no role."""
        return bool(
            self.divisions or self.is_reviewer or self.is_coordinator or self.reads_audit_log
        )

    @property
    def reads_audit_log(self) -> bool:
        """Whether the whole audit log is shown."""
        return self.is_auditor or self.is_coordinator or self.is_administrator


def roles_of(user: AbstractUser) -> Roles:
    """Return the roles ``user`` holds today. One query; an inactive account holds none."""
    if not user.is_active:
        return Roles()
    memberships = (
        apps.get_model("accounts", "Membership")
        .objects.on(timezone.localdate())
        .filter(user=user.pk)
        .select_related("division")
        .order_by("pk")
    )
    held = list(memberships)
    roles = {membership.role for membership in held}
    return Roles(
        titles=tuple(membership.title for membership in held),
        officer_of=frozenset(
            m.division_id for m in held if m.division_id and m.role == Role.OFFICER
        ),
        head_of=frozenset(m.division_id for m in held if m.division_id and m.role == Role.HEAD),
        is_reviewer=Role.REVIEWER in roles,
        is_coordinator=Role.COORDINATOR in roles,
        is_viewer=Role.VIEWER in roles,
        is_auditor=Role.AUDITOR in roles,
        is_administrator=user.is_superuser,
    )
