"""The roles people act in, and what they are told about."""

from django.db import models


class Role(models.TextChoices):
    """A role a person holds for a period, in one division or for the whole ministry."""

    OFFICER = "officer", "担当官"
    HEAD = "head", "課室長"
    REVIEWER = "reviewer", "審査担当"
    COORDINATOR = "coordinator", "取りまとめ"
    VIEWER = "viewer", "閲覧者"


DIVISION_ROLES = frozenset({Role.OFFICER, Role.HEAD})


class MessageKind(models.TextChoices):
    """What a message is about."""

    TASK = "task", "対応のお願い"
    NEWS = "news", "経過"
    DEADLINE = "deadline", "期限"
