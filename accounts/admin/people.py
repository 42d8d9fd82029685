"""Users, divisions and memberships in the admin."""

from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html

from accounts.admin.base import RegisterAdmin, RegisterInline, administers, keeps_register
from accounts.admin.transfers import transfer_page
from accounts.models import Division, Membership, User
from accounts.requests import person
from accounts.roles import Roles
from audit import trail
from audit.records import fields_of

# Permissions come from memberships, and mail addresses from accounts. The models of the libraries
# have no meaning here, and changing them would leave no audit entry.
admin.site.unregister([Group, EmailAddress])


# Fields that cannot change once stored, since past acts and deputyships refer to the membership.
# For another role, end the membership and add a new one.
FIXED_FIELDS = ("user", "role", "division")


class MembershipForm(forms.ModelForm):
    """A membership on a user's page. Of a stored one only the dates can change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIXED_FIELDS:
            if self.instance.pk and name in self.fields:
                self._keep(self.fields[name])

    def _keep(self, field: forms.Field) -> None:
        """Disable ``field``, and remove the links to related records."""
        field.disabled = True
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget


class MembershipInline(RegisterInline):
    """The memberships of one user."""

    model = Membership
    fk_name = "user"
    form = MembershipForm
    autocomplete_fields = ("division",)

    def may_change(self, roles: Roles) -> bool:
        return administers(roles)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return False: memberships are ended, not deleted, since past acts refer to them."""
        return False


@admin.register(User)
class UserAdmin(RegisterAdmin, DjangoUserAdmin):
    """Accounts, managed by administrators."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Protect the user's own account, since the audit entry would refer to it."""
        deleted, counts, missing, protected = super().get_deleted_objects(objs, request)
        if request.user in objs:
            protected = [*protected, f"{request.user}（ご自身の利用者は削除できません）"]
        return deleted, counts, missing, protected

    list_display = ("username", "display_name", "email", "is_active")
    list_filter = ("is_active", "memberships__role", "memberships__division")
    search_fields = ("username", "display_name", "email")
    filter_horizontal = ()
    inlines = (MembershipInline,)
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("利用者", {"fields": ("display_name", "email", "transfer_link")}),
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
    readonly_fields = ("last_login", "date_joined", "transfer_link")

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(partial(transfer_page, self))
        return [
            path("<int:pk>/transfer/", page, name="accounts_user_transfer"),
            *super().get_urls(),
        ]

    @admin.display(description="異動")
    def transfer_link(self, user: User) -> str:
        return format_html(
            '<a href="{}">役割を終えて、新しい役割を始める</a>',
            reverse("admin:accounts_user_transfer", args=[user.pk]),
        )

    def may_view(self, roles: Roles) -> bool:
        return administers(roles)

    def may_change(self, roles: Roles) -> bool:
        return administers(roles)

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        """Set a user's password on Django's page, with an audit entry."""
        give = super().user_change_password
        if request.method != "POST":
            return give(request, id, form_url)
        with transaction.atomic():
            before = _password_of(id)
            response = give(request, id, form_url)
            if before != (after := _password_of(id)):
                trail.record(
                    "register.change",
                    User.objects.get(pk=id),
                    actor=person(request),
                    before=before,
                    after=after,
                )
        return response


def _password_of(pk: str) -> dict[str, Any]:
    """Return the audit value of a password: it reveals a change, not the password."""
    user = User.objects.filter(pk=pk).first() if pk.isdecimal() else None
    return {"password": fields_of(user)["password"]} if user else {}


@admin.register(Division)
class DivisionAdmin(RegisterAdmin):
    """Divisions (担当課室)."""

    list_display = ("name", "name_kana", "valid_from", "valid_until")
    search_fields = ("name", "name_kana")
    fields = ("name", "name_kana", "valid_from", "valid_until")
    readonly_fields = ("valid_from", "valid_until")
    printed_fields = ("name",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Division], search_term: str
    ) -> tuple[QuerySet[Division], bool]:
        """Exclude ended divisions from autocomplete."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if request.path == reverse("admin:autocomplete"):
            found = found & Division.objects.on(timezone.localdate())
        return found, may_repeat


@admin.register(Membership)
class MembershipAdmin(RegisterAdmin):
    """Memberships. Of a stored one only the dates can change."""

    list_display = ("user", "role", "division", "valid_from", "valid_until")
    list_filter = ("role", "division")
    search_fields = ("user__username", "user__display_name", "division__name")
    list_select_related = ("user", "division")
    fields = (*FIXED_FIELDS, "valid_from", "valid_until")
    autocomplete_fields = ("division",)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return FIXED_FIELDS if obj else ()

    def may_view(self, roles: Roles) -> bool:
        return keeps_register(roles) or roles.is_auditor

    def may_change(self, roles: Roles) -> bool:
        return administers(roles)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return False: memberships are ended, not deleted, since past acts refer to them."""
        return False
