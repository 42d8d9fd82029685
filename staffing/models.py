"""Staffing snapshots of organisations (日本人職員・ポストの状況)."""

from django.db import models
from django.db.models import F, Q

from audit.models import ChildRecord
from contributions.models import Organization
from staffing.enums import StaffCategory


def _no_more_than(part: str, whole: str) -> Q:
    return Q(**{part: None}) | Q(**{whole: None}) | Q(**{f"{part}__lte": F(whole)})


class StaffingSnapshot(ChildRecord):
    """One organisation's staff as of a date, in persons; printed on all its sheets.

    Unknown figures are None and print as 「―」. The ratio and last year's figures are derived
    (``staffing.figures``), not stored. An organisation without staff of its own has no figures, and
    ``not_applicable_reason`` says why (該当なし).
    """

    PARENT = "organization"
    POSITION_FIELDS = ("organization_id", "as_of")

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="staffing_snapshots", verbose_name="国際機関等"
    )
    as_of = models.DateField("時点", help_text="月末時点のときは、その月の末日を指定します。")
    member_count = models.PositiveIntegerField("加盟国等の数", null=True, blank=True)
    professional_staff_total = models.PositiveIntegerField(
        "全職員数（専門職以上）", null=True, blank=True
    )
    japanese_staff = models.PositiveIntegerField("日本人職員数", null=True, blank=True)
    japanese_senior_staff = models.PositiveIntegerField("日本人幹部職員数", null=True, blank=True)
    senior_definition = models.CharField(
        "幹部の範囲", max_length=100, default="D1以上", help_text="通常はD1以上です。"
    )
    not_applicable_reason = models.CharField(
        "該当なしの理由",
        max_length=500,
        blank=True,
        help_text="自らの職員を持たない機関などで、表に書く人数がないときに記入します。",
    )

    class Meta:
        verbose_name = "職員数の記録"
        verbose_name_plural = "職員数の記録"
        ordering = ("organization", "-as_of")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "as_of"],
                name="staffing_once_per_date",
                violation_error_message=(
                    "この機関の同じ時点の記録は登録済みです。登録済みの記録を直してください。"
                ),
            ),
            models.CheckConstraint(
                name="staffing_senior_within_japanese",
                condition=_no_more_than("japanese_senior_staff", "japanese_staff"),
                violation_error_message=(
                    "日本人幹部職員数が日本人職員数を超えています。どちらかを直してください。"
                ),
            ),
            models.CheckConstraint(
                name="staffing_japanese_within_total",
                condition=_no_more_than("japanese_staff", "professional_staff_total"),
                violation_error_message=(
                    "日本人職員数が全職員数を超えています。どちらかを直してください。"
                ),
            ),
            models.CheckConstraint(
                name="staffing_counted_or_not_applicable",
                condition=Q(not_applicable_reason="")
                | Q(
                    professional_staff_total=None,
                    japanese_staff=None,
                    japanese_senior_staff=None,
                ),
                violation_error_message=(
                    "該当なしの理由があるときは、職員数の欄を空にしてください。"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.as_of:%Y-%m-%d}"


class SeniorPost(models.Model):
    """A senior post held by a Japanese official, by title and grade."""

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
    """The number of Japanese staff in a category outside the staffing table."""

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
