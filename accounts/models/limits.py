"""Cache table for the rate limits on sign-ins and uploads."""

from django.db import models


class LimitEntry(models.Model):
    """A row of the cache table, used only by Django's ``DatabaseCache``.

    The model makes ``migrate`` create the table, with the columns of ``createcachetable``.
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
