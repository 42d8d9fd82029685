"""The admin site, for roles that decide on sheets or maintain master data."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib import admin
from django.core.checks import CheckMessage, Error
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver

from accounts.requests import person
from core.admin_parameters import StrictAutocompleteView, check_query_string

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class AdminSite(admin.AdminSite):
    """Django's admin with the site's own sign-in and checked query parameters."""

    site_header = "拠出金評価シート 管理"
    site_title = "拠出金評価シート 管理"
    index_title = "台帳と審査"
    site_url = "/"

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the user has a role that may use the admin."""
        return request.user.is_authenticated and person(request).roles.may_use_admin

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Redirect to the site's own page, which records the change in the audit log."""
        return redirect("account_change_password")

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Check the query parameters of every admin view."""

        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            check_query_string(request)
            return view(request, *args, **kwargs)

        return super().admin_view(cast(View, checked), cacheable)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Leave out the ``view_on_site`` URL, which reaches any object of any model."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return StrictAutocompleteView.as_view(admin_site=self)(request)

    def check(self, app_configs: Any) -> list[CheckMessage]:
        """Report models registered without ``RegisterAdmin``."""
        from accounts.admin.base import RegisterAdmin  # noqa: PLC0415 -- needs the models loaded

        return super().check(app_configs) + [
            Error(
                "The lists of this admin answer any field that an address names.",
                hint="Derive it from accounts.admin.base.RegisterAdmin, or unregister the model.",
                obj=type(model_admin),
                id="accounts.E001",
            )
            for model_admin in self._registry.values()
            if not isinstance(model_admin, RegisterAdmin)
        ]
