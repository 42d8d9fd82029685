"""Presence: who is editing which entry at the moment."""

from django.conf import settings
from django.db import models

from evaluations.models.sheets import Sheet


class Presence(models.Model):
    """A browser tab with the cursor in an entry. It locks nothing and is not audited.

    A tab is in one entry at a time, and sends a heartbeat every few seconds.
    """

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="presences")
    key = models.CharField("項目", max_length=60)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    tab = models.CharField("画面", max_length=32)
    seen_at = models.DateTimeField("最終確認日時", db_index=True)

    class Meta:
        verbose_name = "編集中の人"
        verbose_name_plural = "編集中の人"
        constraints = [
            models.UniqueConstraint(fields=["user", "tab"], name="presence_once_per_tab")
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.key}"
