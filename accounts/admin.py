"""People, divisions, roles and the audit log in the admin."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from accounts import audit
from accounts.admin_base import (
    ReadOnlyMixin,
    RegisterAdmin,
    RegisterInline,
    administers,
    keeps_register,
)
from accounts.audit_words import ActionFilter, KindFilter, action_in_words, kind_in_words
from accounts.domain.mails import retry
from accounts.domain.register import fields_of
from accounts.models import AuditEntry, Division, Membership, OutgoingMail, User
from accounts.requests import person
from accounts.roles import Roles

# Rights come from memberships and addresses from accounts. What the libraries bring besides has
# no meaning here, and would be changed off the record.
admin.site.unregister([Group, EmailAddress])


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

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        """Give a person a new password: the page is Django's, the record ours."""
        with transaction.atomic():
            before = _password_of(id)
            response = super().user_change_password(request, id, form_url)
            if before != (after := _password_of(id)):
                audit.record(
                    "register.change",
                    User.objects.get(pk=id),
                    actor=person(request),
                    before=before,
                    after=after,
                )
        return response


def _password_of(pk: str) -> dict[str, Any]:
    """Return what the record holds of a password: that it changed, not what it is."""
    user = User.objects.filter(pk=pk).first() if pk.isdecimal() else None
    return {"password": fields_of(user)["password"]} if user else {}


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

    list_display = ("sequence", "at", "actor_name", "what", "object_label", "role")
    list_filter = (ActionFilter, KindFilter)
    fields = (
        "sequence",
        "at",
        "actor_name",
        "role",
        "what",
        "kind",
        "object_label",
        "object_id",
        "before",
        "after",
        "request_id",
        "previous_hash",
        "hash",
    )
    readonly_fields = ("what", "kind")
    search_fields = ("actor_name", "action", "object_label", "object_id")
    date_hierarchy = "at"

    def may_view(self, roles: Roles) -> bool:
        return keeps_register(roles)

    @admin.display(description="行為", ordering="action")
    def what(self, entry: AuditEntry) -> str:
        return action_in_words(entry.action)

    @admin.display(description="対象の種類", ordering="object_type")
    def kind(self, entry: AuditEntry) -> str:
        return kind_in_words(entry.object_type)


class MailStateFilter(admin.SimpleListFilter):
    """Where a mail stands."""

    title = "状態"
    parameter_name = "state"
    STATES = {
        "waiting": ("送信待ち", {"sent_at": None, "given_up_at": None, "attempts": 0}),
        "trying": ("再送待ち", {"sent_at": None, "given_up_at": None, "attempts__gt": 0}),
        "given_up": ("断念", {"given_up_at__isnull": False}),
        "sent": ("送信済み", {"sent_at__isnull": False}),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, label) for value, (label, _) in self.STATES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        wanted = self.STATES.get(self.value() or "")
        return queryset.filter(**wanted[1]) if wanted else queryset


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyMixin, RegisterAdmin):
    """The outbox: what was sent, what waits, what failed. What a mail says is its reader's."""

    list_display = ("subject", "address", "state", "created_at")
    list_filter = (MailStateFilter,)
    search_fields = ("subject", "address")
    date_hierarchy = "created_at"
    actions = ("send_again",)
    fields = (
        "subject",
        "address",
        "state",
        "attempts",
        "last_error",
        "created_at",
        "not_before",
        "sent_at",
        "given_up_at",
        "reference",
    )
    readonly_fields = ("state", "reference")

    def may_view(self, roles: Roles) -> bool:
        return administers(roles)

    @admin.display(description="状態")
    def state(self, mail: OutgoingMail) -> str:
        return mail.state_in_words

    @admin.action(description="送っていないものを、すぐに送り直す")
    def send_again(self, request: HttpRequest, mails: QuerySet[OutgoingMail]) -> None:
        count = sum(retry(mail, actor=person(request)) for mail in mails)
        messages.success(request, f"{count}通を送信待ちに戻しました。")
