"""The admin site: open to those whose role decides on sheets or keeps the register."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.shortcuts import redirect

from accounts.requests import person


class AdminSite(admin.AdminSite):
    """The stock admin, entered through the site's own sign-in."""

    site_header = "拠出金評価シート 管理"
    site_title = "拠出金評価シート 管理"
    index_title = "台帳と審査"
    site_url = "/"

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether ``request``'s person has a role for which the admin is made."""
        return request.user.is_authenticated and person(request).roles.may_use_admin

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Lead to the site's own page, where the change goes on record."""
        return redirect("account_change_password")
