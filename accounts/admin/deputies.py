"""Deputyships in the admin, for people who cannot appoint a deputy themselves."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from accounts.admin.base import AddOnlyMixin, RegisterAdmin, administers, keeps_register
from accounts.domain.deputies import appoint_deputy, end_deputyship
from accounts.models import Deputyship
from accounts.requests import person
from accounts.roles import Roles


@admin.register(Deputyship)
class DeputyshipAdmin(AddOnlyMixin, RegisterAdmin):
    """Deputyships, which can be added and ended but not changed or deleted."""

    list_display = ("deputy", "membership", "valid_from", "valid_until", "reason", "state")
    list_filter = ("membership__role", "membership__division")
    list_select_related = ("deputy", "membership__user", "membership__division")
    search_fields = (
        "deputy__username",
        "deputy__display_name",
        "membership__user__username",
        "membership__user__display_name",
    )
    fields = ("membership", "deputy", "valid_from", "valid_until", "reason")
    autocomplete_fields = ("membership", "deputy")
    actions = ("end",)

    def may_view(self, roles: Roles) -> bool:
        return keeps_register(roles) or roles.is_auditor

    def may_change(self, roles: Roles) -> bool:
        return administers(roles)

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        appoint_deputy(obj, actor=person(request))

    @admin.display(description="状態")
    def state(self, deputyship: Deputyship) -> str:
        if deputyship.is_over:
            return "終了"
        return "有効又は予定"

    @admin.action(description="代行を取りやめる")
    def end(self, request: HttpRequest, deputyships: QuerySet[Deputyship]) -> None:
        if not administers(person(request).roles):
            messages.error(request, "代行の取りやめは、頼んだ本人とシステム管理者が行います。")
            return
        for deputyship in deputyships.select_related("deputy"):
            end_deputyship(deputyship, actor=person(request))
            messages.success(request, f"{deputyship.deputy}さんの代行を取りやめました。")
