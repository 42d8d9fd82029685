"""App configuration of the help pages (使い方)."""

from django.apps import AppConfig


class HelpConfig(AppConfig):
    """Help pages by role, with steps and pictures."""

    name = "help"
    verbose_name = "使い方"
