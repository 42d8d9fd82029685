"""The apps of this room: accounts itself, and the admin site with our own way in."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class AccountsConfig(AppConfig):
    """Who works here: people, divisions, roles, and the record of what was done."""

    name = "accounts"
    verbose_name = "利用者と記録"
    default = True

    def ready(self) -> None:
        """Bring the checks of a deployment in."""
        from accounts import audit_deployment, deployment  # noqa: F401, PLC0415 -- they register


class AdminConfig(admin_apps.AdminConfig):
    """The stock admin on our own site class."""

    default_site = "accounts.admin_site.AdminSite"
    default = False
