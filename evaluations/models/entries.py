"""Entries: every text box of a sheet is a row of its own, with its own version."""

from django.conf import settings
from django.db import models

from editions.enums import ItemKind
from evaluations.models.sheets import Sheet


class Entry(models.Model):
    """A text of a sheet, addressed by its edition's item key.

    ``version`` counts the changes from 0 (never written). ``domain.entries.save_entry`` compares
    it (optimistic locking), so that nobody overwrites a text that they have not seen.
    """

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="%(class)ss")
    key = models.CharField("項目", max_length=60)
    text = models.TextField("本文", blank=True)
    # The text folded for search (text.searchable); kept by domain.entries.
    search_text = models.TextField(editable=False, blank=True)
    version = models.PositiveIntegerField("版", default=0)
    updated_at = models.DateTimeField("更新日時", null=True, blank=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="更新者",
        null=True,
        blank=True,
    )

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["sheet", "key"], name="%(class)s_once_per_sheet")
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"


class OverviewPart(Entry):
    """A part of 国際機関等の概要及び成果目標."""

    class Meta(Entry.Meta):
        verbose_name = "概要及び成果目標"
        verbose_name_plural = "概要及び成果目標"


class CriterionAssessment(Entry):
    """The narrative of an evaluation criterion (評価基準), or its remarks."""

    class Meta(Entry.Meta):
        verbose_name = "評価基準の記述"
        verbose_name_plural = "評価基準の記述"


class PdcaEntry(Entry):
    """A step of PLAN, DO, CHECK, ACT."""

    class Meta(Entry.Meta):
        verbose_name = "PDCA"
        verbose_name_plural = "PDCA"


ENTRY_MODELS: dict[ItemKind, type[Entry]] = {
    ItemKind.OVERVIEW: OverviewPart,
    ItemKind.CRITERION: CriterionAssessment,
    ItemKind.PDCA: PdcaEntry,
}
