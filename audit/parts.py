"""A record that belongs to another one."""

from typing import ClassVar

from django.db import models


class Part(models.Model):
    """A record that stands with another one, its whole: a year's amount with its contribution.

    When it leaves its place, by a change or for good, the whole's own history tells of it
    (``domain.register``), so that nobody has to search the log for what used to be there.
    """

    WHOLE: ClassVar[str]  # the foreign key to the record it stands with
    PLACE: ClassVar[tuple[str, ...]]  # the fields that say where it stands, as the log names them

    class Meta:
        abstract = True
