"""People, divisions, memberships, deputies, what they are told, and the audit log."""

from accounts.models.audit import AuditEntry, AuditHead
from accounts.models.deputyship import Deputyship
from accounts.models.division import Division, DivisionSuccession
from accounts.models.limits import LimitEntry
from accounts.models.membership import Membership
from accounts.models.message import Message, OutgoingMail
from accounts.models.part import Part
from accounts.models.user import User

__all__ = [
    "AuditEntry",
    "AuditHead",
    "Deputyship",
    "Division",
    "DivisionSuccession",
    "LimitEntry",
    "Membership",
    "Message",
    "OutgoingMail",
    "Part",
    "User",
]
