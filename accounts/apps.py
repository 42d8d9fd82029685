"""The apps of this room: accounts itself, and the admin site with our own way in."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps

from accounts.audit_actions import LABELS
from audit.actions import register


class AccountsConfig(AppConfig):
    """Who works here: people, divisions, roles."""

    name = "accounts"
    verbose_name = "利用者"
    default = True

    def ready(self) -> None:
        """Register the actions for the record."""
        register(LABELS)


class AdminConfig(admin_apps.AdminConfig):
    """The stock admin on our own site class."""

    default_site = "accounts.admin_site.AdminSite"
    default = False
