"""使い方."""

from django.apps import AppConfig


class HelpConfig(AppConfig):
    """What people do, in steps and pictures: a page per role."""

    name = "help"
    verbose_name = "使い方"
