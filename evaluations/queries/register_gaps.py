"""What the register lacks for the sheets to be worked on: roles, people, mails that arrive."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Division, Membership, User
from evaluations.enums import FINISHED
from evaluations.models import Sheet
from notices.models import OutgoingMail


@dataclass(frozen=True)
class RegisterGaps:
    """People and divisions, by name, that somebody has to see to, and the mails given up."""

    without_role: list[User]
    without_officer: list[Division]
    without_head: list[Division]
    mails_given_up: int

    @property
    def any(self) -> bool:
        """Whether there is anything to see to."""
        lists = (self.without_role, self.without_officer, self.without_head)
        return bool(self.mails_given_up or [entry for entries in lists for entry in entries])


def gaps_in_register() -> RegisterGaps:
    """Return what the register lacks today. Four queries."""
    in_force = Membership.objects.on(timezone.localdate()).filter(user__is_active=True)
    people = User.objects.filter(is_active=True, is_superuser=False)
    return RegisterGaps(
        without_role=list(people.exclude(pk__in=in_force.values("user")).order_by("display_name")),
        without_officer=_divisions_without(in_force.filter(role=Role.OFFICER)),
        without_head=_divisions_without(in_force.filter(role=Role.HEAD)),
        mails_given_up=OutgoingMail.objects.exclude(given_up_at=None).count(),
    )


def _divisions_without(memberships: QuerySet[Membership]) -> list[Division]:
    """Return the divisions that have sheets to work on, and none of ``memberships``."""
    open_sheets = Sheet.objects.exclude(state__in=FINISHED)
    return list(
        Division.objects.on(timezone.localdate())
        .filter(pk__in=open_sheets.values("division"))
        .exclude(pk__in=memberships.values("division"))
        .order_by("name")
    )
