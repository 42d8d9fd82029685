"""The table of the cache in which limits on sign-ins and uploads are counted."""

from django.db import models


class LimitEntry(models.Model):
    """A row of the cache, read and written by Django's ``DatabaseCache`` alone.

    A model, so that ``migrate`` makes the table: in the shape of ``createcachetable``.
    """

    cache_key = models.CharField("鍵", max_length=255, primary_key=True)
    value = models.TextField("値")
    expires = models.DateTimeField("期限", db_index=True)

    class Meta:
        verbose_name = "回数の制限"
        verbose_name_plural = "回数の制限"
        db_table = "limits"

    def __str__(self) -> str:
        return self.cache_key
