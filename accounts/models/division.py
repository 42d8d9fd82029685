"""Divisions of the ministry (担当課室), and their successions."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.enums import SuccessionKind
from core.names import refuse_second_spelling


class DivisionQuerySet(models.QuerySet["Division"]):
    """Divisions by date."""

    def on(self, day: date) -> "DivisionQuerySet":
        """Return the divisions that exist on ``day``, first and last day included."""
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day),
            Q(valid_until=None) | Q(valid_until__gte=day),
        )


class Division(models.Model):
    """A division or office, named as printed on the sheet.

    Renaming, merging or splitting ends a division. The row is kept, with its sheets.
    """

    name = models.CharField(
        "課室名",
        max_length=100,
        unique=True,
        help_text="誤記の訂正のほかは変えないでください。改称・統合・分割は「課室の変遷」に追加します。",
    )
    # The reading in kana, for sorting.
    name_kana = models.CharField("よみ（ひらがな）", max_length=200, blank=True)
    valid_from = models.DateField("設置日", null=True, blank=True)
    valid_until = models.DateField("最後の日", null=True, blank=True)

    objects = DivisionQuerySet.as_manager()

    class Meta:
        verbose_name = "課室"
        verbose_name_plural = "課室"
        ordering = ("name_kana", "name")
        constraints = [
            models.CheckConstraint(
                name="division_period_in_order",
                condition=Q(valid_from=None)
                | Q(valid_until=None)
                | Q(valid_until__gte=F("valid_from")),
                violation_error_message="最後の日は設置日以後にしてください。",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse another spelling of the name of an existing division."""
        refuse_second_spelling(self, "name")

    @property
    def has_ended(self) -> bool:
        """Whether the division has ended by today."""
        return self.valid_until is not None and self.valid_until < timezone.localdate()


class DivisionSuccession(models.Model):
    """``successor`` takes over from ``predecessor``, and may see its sheets.

    The table is a transitive closure: rows with ``is_direct`` false link to all earlier
    predecessors. Only ``accounts.domain.divisions`` writes it.
    """

    predecessor = models.ForeignKey(
        Division, models.PROTECT, related_name="successions", verbose_name="前の課室"
    )
    successor = models.ForeignKey(
        Division, models.PROTECT, related_name="heritage", verbose_name="後の課室"
    )
    kind = models.CharField("種類", max_length=20, choices=SuccessionKind)
    on = models.DateField("施行日", help_text="新しい課室の最初の日です。")
    is_direct = models.BooleanField("直接の後継", default=True)

    class Meta:
        verbose_name = "課室の変遷"
        verbose_name_plural = "課室の変遷"
        ordering = ("-on", "predecessor", "successor")
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                name="succession_once",
                violation_error_message="この変遷は登録済みです。",
            ),
            models.CheckConstraint(
                name="succession_of_another",
                condition=~Q(predecessor=F("successor")),
                violation_error_message="同じ課室が後を継ぐことはできません。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor}→{self.successor}（{self.get_kind_display()}）"
