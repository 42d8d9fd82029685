"""What a rule found."""

from dataclasses import dataclass

from django.db import models


class Level(models.TextChoices):
    """How grave a finding is."""

    ERROR = "E", "要修正"
    WARNING = "W", "要確認"
    HINT = "I", "参考"


@dataclass(frozen=True)
class Finding:
    """A slip: the rule, how grave, at which item of the edition, and what to do about it."""

    rule: str
    level: Level
    item: str
    message: str
    is_gap: bool = False  # something is not there yet, rather than wrong

    @property
    def blocks(self) -> bool:
        """Whether the sheet cannot be submitted or approved with it."""
        return self.level == Level.ERROR
