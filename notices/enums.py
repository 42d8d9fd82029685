"""What a message is about."""

from django.db import models


class MessageKind(models.TextChoices):
    """What a message is about."""

    TASK = "task", "対応のお願い"
    NEWS = "news", "経過"
    DEADLINE = "deadline", "期限"
