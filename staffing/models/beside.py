"""What stands beside the table: named senior posts, and staff outside the counted grades."""

from django.db import models

from staffing.enums import StaffCategory
from staffing.models.snapshot import StaffingSnapshot


class SeniorPost(models.Model):
    """A post held by a Japanese official, by title and grade."""

    snapshot = models.ForeignKey(
        StaffingSnapshot, models.CASCADE, related_name="senior_posts", verbose_name="職員数の記録"
    )
    title = models.CharField("役職名", max_length=200)
    grade = models.CharField("等級", max_length=20, help_text="D1、P5など。")
    counts_as_senior = models.BooleanField("幹部職員数に含む", default=True)

    class Meta:
        verbose_name = "主なポスト"
        verbose_name_plural = "主なポスト"
        ordering = ("snapshot", "grade", "title")

    def __str__(self) -> str:
        return f"{self.title}（{self.grade}）"


class StaffCategoryCount(models.Model):
    """How many Japanese (persons) work in a category outside the table."""

    snapshot = models.ForeignKey(
        StaffingSnapshot,
        models.CASCADE,
        related_name="category_counts",
        verbose_name="職員数の記録",
    )
    category = models.CharField("区分", max_length=20, choices=StaffCategory)
    count = models.PositiveIntegerField("人数")
    note = models.CharField("備考", max_length=200, blank=True)

    class Meta:
        verbose_name = "表に含まれない日本人"
        verbose_name_plural = "表に含まれない日本人"
        ordering = ("snapshot", "category")
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "category"],
                name="staff_category_once_per_snapshot",
                violation_error_message="同じ区分が二度あります。一つにまとめてください。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_category_display()} {self.count}名"
