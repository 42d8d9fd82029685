"""A person with the roles they hold today: whom every rule of access decides about."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts.roles import Roles, roles_of

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Acting:
    """A person and the roles in which they act, in one argument: they always belong together."""

    user: "User"
    roles: Roles


def acting_as(user: "User") -> Acting:
    """Return ``user`` with the roles they hold at this moment. One query.

    For what writes: it calls this in its transaction, after it has waited for its locks, because
    a role may have ended since the page was opened. A page uses ``request.user.acting``.
    """
    return Acting(user, roles_of(user))
