"""担当課室: the divisions of the ministry."""

from django.db import models


class Division(models.Model):
    """A division or office, named as it is printed on the sheet."""

    name = models.CharField("課室名", max_length=100, unique=True)
    # Nothing sorts kanji by their reading, so the reading is asked for.
    name_kana = models.CharField("よみ（ひらがな）", max_length=200, blank=True)

    class Meta:
        verbose_name = "課室"
        verbose_name_plural = "課室"
        ordering = ("name_kana", "name")

    def __str__(self) -> str:
        return self.name
