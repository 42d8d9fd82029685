"""People, divisions, memberships, what they are told, and the audit log."""

from accounts.models.audit import AuditEntry, AuditHead
from accounts.models.division import Division
from accounts.models.membership import Membership
from accounts.models.message import Message, OutgoingMail
from accounts.models.user import User

__all__ = ["AuditEntry", "AuditHead", "Division", "Membership", "Message", "OutgoingMail", "User"]
