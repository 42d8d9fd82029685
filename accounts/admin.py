"""People, divisions, roles and the audit log in the admin."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin

from accounts.admin_base import (
    ReadOnlyMixin,
    RegisterAdmin,
    RegisterInline,
    administers,
    keeps_register,
)
from accounts.models import AuditEntry, Division, Membership, User
from accounts.roles import Roles


class MembershipInline(RegisterInline):
    """The roles of one person."""

    model = Membership

    def may_change(self, roles: Roles) -> bool:
        return administers(roles)


@admin.register(User)
class UserAdmin(RegisterAdmin, DjangoUserAdmin):
    """Accounts: made, blocked and given roles by the administrator."""

    list_display = ("username", "display_name", "email", "is_active")
    list_filter = ("is_active", "memberships__role", "memberships__division")
    search_fields = ("username", "display_name", "email")
    filter_horizontal = ()
    inlines = (MembershipInline,)
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("利用者", {"fields": ("display_name", "email")}),
        ("利用の可否", {"fields": ("is_active", "is_superuser", "last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": (
                    "username",
                    "display_name",
                    "email",
                    "usable_password",
                    "password1",
                    "password2",
                ),
            },
        ),
    )
    readonly_fields = ("last_login", "date_joined")

    def may_view(self, roles: Roles) -> bool:
        return administers(roles)

    def may_change(self, roles: Roles) -> bool:
        return administers(roles)


@admin.register(Division)
class DivisionAdmin(RegisterAdmin):
    """担当課室."""

    list_display = ("name", "name_kana")
    search_fields = ("name", "name_kana")


@admin.register(Membership)
class MembershipAdmin(RegisterAdmin):
    """Who holds which role, and since when."""

    list_display = ("user", "role", "division", "valid_from", "valid_until")
    list_filter = ("role", "division")
    search_fields = ("user__username", "user__display_name", "division__name")
    list_select_related = ("user", "division")
    autocomplete_fields = ("division",)

    def may_view(self, roles: Roles) -> bool:
        return keeps_register(roles)

    def may_change(self, roles: Roles) -> bool:
        return administers(roles)


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyMixin, RegisterAdmin):
    """The audit log: searched, never changed."""

    list_display = ("sequence", "at", "actor_name", "role", "action", "object_label")
    list_filter = ("action", "object_type")
    search_fields = ("actor_name", "action", "object_label", "object_id")
    date_hierarchy = "at"

    def may_view(self, roles: Roles) -> bool:
        return keeps_register(roles)
