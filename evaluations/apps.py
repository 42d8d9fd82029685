"""The yearly sheet."""

from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    """Editions, cycles, sheets, review, print, publication."""

    name = "evaluations"
    verbose_name = "年度の評価"
