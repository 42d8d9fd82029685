"""App configurations of the accounts and the admin site."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps

from audit.actions import register

LABELS = {
    "person.transfer": "異動",
}


class AccountsConfig(AppConfig):
    """Users, divisions, memberships, deputies."""

    name = "accounts"
    verbose_name = "利用者"
    default = True

    def ready(self) -> None:
        """Register the actions of the audit log."""
        register(LABELS)


class AdminConfig(admin_apps.AdminConfig):
    """Django's admin with our own site class."""

    default_site = "accounts.admin_site.AdminSite"
    default = False
