"""Users, divisions, memberships, deputyships."""

from accounts.models.deputyship import Deputyship
from accounts.models.division import Division, DivisionSuccession
from accounts.models.limits import LimitEntry
from accounts.models.membership import Membership
from accounts.models.user import User

__all__ = [
    "Deputyship",
    "Division",
    "DivisionSuccession",
    "LimitEntry",
    "Membership",
    "User",
]
