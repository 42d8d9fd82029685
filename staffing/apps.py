"""App configuration of the staffing figures."""

from django.apps import AppConfig


class StaffingConfig(AppConfig):
    """Japanese staff and senior posts in an organisation, as of a date."""

    name = "staffing"
    verbose_name = "日本人職員"
