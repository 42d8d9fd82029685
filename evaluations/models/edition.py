"""様式: the form of one year, stored as it was loaded."""

from functools import cached_property

from django.db import models

from evaluations.editions.definition import Definition
from evaluations.editions.parse import definition_from

_DEFINITIONS: dict[str, Definition] = {}


class Edition(models.Model):
    """A loaded edition. From its first cycle on it is published, and never changes again."""

    key = models.CharField("キー", max_length=40, unique=True)
    title = models.CharField("表題", max_length=100)
    content = models.JSONField("定義")
    sha256 = models.CharField("SHA-256", max_length=64)
    loaded_at = models.DateTimeField("読込日時", auto_now_add=True)
    published_at = models.DateTimeField("使用開始日時", null=True, blank=True)

    class Meta:
        verbose_name = "様式"
        verbose_name_plural = "様式"
        ordering = ("-key",)

    def __str__(self) -> str:
        return self.title

    @cached_property
    def definition(self) -> Definition:
        """The definition as immutable values.

        Read once in a process: a list shows many sheets of one edition. The hash is that of the
        content, so that what is kept under it cannot grow old.
        """
        if self.sha256 not in _DEFINITIONS:
            _DEFINITIONS[self.sha256] = definition_from(self.content)
        return _DEFINITIONS[self.sha256]
