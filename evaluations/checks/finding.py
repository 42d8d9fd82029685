"""What a rule found."""

import hashlib
from dataclasses import dataclass

from django.db import models


class Level(models.TextChoices):
    """The severity of a finding."""

    ERROR = "E", "要修正"
    WARNING = "W", "要確認"
    HINT = "I", "参考"


@dataclass(frozen=True)
class Finding:
    """A mistake or gap: the rule, its severity, the item of the edition, and what to do about it.

    ``place`` are the offsets (from, to) in the stored text of the item, ``quote`` the words that
    stand there; None and "" for a figure of the register and for what is missing.
    """

    rule: str
    level: Level
    item: str
    message: str
    place: tuple[int, int] | None = None
    quote: str = ""
    is_gap: bool = False  # something is not there yet, rather than wrong

    @property
    def blocks(self) -> bool:
        """Whether the sheet cannot be submitted or approved with it."""
        return self.level == Level.ERROR

    @property
    def key(self) -> str:
        """A key that is stable across saves, wherever in the item the words have moved to.

        An answer to a warning is stored under it, and holds until the quoted words change.
        """
        meant = "\n".join((self.rule, self.item, self.quote or self.message))
        return hashlib.sha256(meant.encode()).hexdigest()[:16]
