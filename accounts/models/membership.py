"""Memberships: the roles people hold, with division and period."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.enums import DIVISION_ROLES, Role
from accounts.models.division import Division


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by date."""

    def on(self, day: date) -> "MembershipQuerySet":
        """Return the memberships in force on ``day``, first and last day included."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)


class Membership(models.Model):
    """A role held for a period. Past ones are kept, since past acts refer to them."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships", verbose_name="利用者"
    )
    role = models.CharField("役割", max_length=20, choices=Role)
    division = models.ForeignKey(
        Division,
        models.PROTECT,
        related_name="memberships",
        verbose_name="課室",
        null=True,
        blank=True,
        help_text="担当官と課室長には必ず指定します。審査担当・取りまとめ・閲覧者・監査は省内全体が対象です。",
    )
    valid_from = models.DateField("開始日", default=timezone.localdate)
    valid_until = models.DateField(
        "終了日", null=True, blank=True, help_text="この日まで有効です。"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "役割の割当て"
        verbose_name_plural = "役割の割当て"
        ordering = ("user", "role", "division", "valid_from")
        constraints = [
            models.CheckConstraint(
                name="membership_division_fits_role",
                condition=Q(role__in=sorted(DIVISION_ROLES), division__isnull=False)
                | (~Q(role__in=sorted(DIVISION_ROLES)) & Q(division__isnull=True)),
                violation_error_message=(
                    "担当官と課室長には課室を指定し、それ以外の役割では課室を空にしてください。"
                ),
            ),
            models.CheckConstraint(
                name="membership_period_in_order",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                violation_error_message="終了日は開始日以後にしてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}（{self.title}）"

    @property
    def title(self) -> str:
        """The role with its division: 「人道課 担当官」."""
        label = Role(self.role).label
        return f"{self.division} {label}" if self.division else label

    @property
    def title_of_deputy(self) -> str:
        """The role for a deputy: 「人道課 課室長（代行：山田 太郎の代わり）」."""
        return f"{self.title}（代行：{self.user}の代わり）"

    @property
    def period_in_words(self) -> str:
        """The period: 「2026年4月1日から」, 「2026年4月1日から2027年3月31日まで」."""
        until = f"{self.valid_until:%Y年%-m月%-d日}まで" if self.valid_until else ""
        return f"{self.valid_from:%Y年%-m月%-d日}から{until}"

    def clean(self) -> None:
        """Refuse a period that starts after the division has ended."""
        last = self.division.valid_until if self.division else None
        if last and self.valid_from and self.valid_from > last:
            raise ValidationError(
                {"division": f"{self.division}は{last:%Y年%-m月%-d日}に終わりました。"}
            )
