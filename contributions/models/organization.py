"""International organisations (拠出先国際機関等)."""

from django.db import models

from core.names import refuse_second_spelling


class Organization(models.Model):
    """An international organisation, with its name as printed on every sheet."""

    name_ja = models.CharField("機関名", max_length=200, unique=True)
    abbreviation = models.CharField("略称", max_length=40, blank=True)
    # The reading in kana, for sorting.
    name_kana = models.CharField("よみ（ひらがな）", max_length=300, blank=True)

    class Meta:
        verbose_name = "国際機関等"
        verbose_name_plural = "国際機関等"
        ordering = ("name_kana", "name_ja")

    def __str__(self) -> str:
        """Return the name as printed: 「国際移住機関（IOM）」."""
        return f"{self.name_ja}（{self.abbreviation}）" if self.abbreviation else self.name_ja

    def clean(self) -> None:
        """Refuse another spelling of the name of an existing organisation."""
        refuse_second_spelling(self, "name_ja")
