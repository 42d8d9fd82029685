"""Editions (様式): the form of one year, stored as loaded."""

from copy import deepcopy
from functools import cached_property
from typing import Any

from django.db import models

from editions.definition import Definition
from editions.parse import definition_from

# Cache of parsed definitions by edition key: the stored content and its definition.
_PARSED: dict[str, tuple[Any, Definition]] = {}


class Edition(models.Model):
    """A loaded edition. It is published with its first cycle, and immutable from then on."""

    key = models.CharField("キー", max_length=40, unique=True)
    title = models.CharField("表題", max_length=100)
    # Denormalized for lists of sheets, to avoid loading the whole definition.
    year_label = models.CharField("年度の表示", max_length=100)
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
        """The parsed definition.

        Cached per process, since a list shows many sheets of one edition; if the content differs,
        it is parsed again.
        """
        read = _PARSED.get(self.key)
        if read is None or read[0] != self.content:
            read = _PARSED[self.key] = deepcopy(self.content), definition_from(self.content)
        return read[1]
