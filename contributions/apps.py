"""App configuration of the contributions."""

from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    """Organisations, contributions, yearly amounts, financial reports."""

    name = "contributions"
    verbose_name = "拠出の台帳"
