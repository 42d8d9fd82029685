"""People, divisions, roles and the audit log in the admin."""

from accounts.admin.audit_log import AuditEntryAdmin
from accounts.admin.deputies import DeputyshipAdmin
from accounts.admin.people import DivisionAdmin, MembershipAdmin, UserAdmin

__all__ = [
    "AuditEntryAdmin",
    "DeputyshipAdmin",
    "DivisionAdmin",
    "MembershipAdmin",
    "UserAdmin",
]
