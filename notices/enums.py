"""Kinds of messages."""

from django.db import models


class MessageKind(models.TextChoices):
    """The kind of a message."""

    TASK = "task", "対応のお願い"
    NEWS = "news", "経過"
    DEADLINE = "deadline", "期限"
