"""Deputyships (代行): acting in somebody else's role for a period."""

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models.membership import Membership

LONGEST_DEPUTYSHIP = timedelta(days=731)  # two years including a leap day


class DeputyshipQuerySet(models.QuerySet["Deputyship"]):
    """Deputyships by date."""

    def on(self, day: date) -> "DeputyshipQuerySet":
        """Return the deputyships in force on ``day``, first and last day included."""
        return self.filter(valid_from__lte=day, valid_until__gte=day, ended_at=None)

    def overlapping(self, other: "Deputyship") -> "DeputyshipQuerySet":
        """Return those for the same membership whose period overlaps that of ``other``."""
        return self.filter(
            membership=other.membership_id,
            valid_from__lte=other.valid_until,
            valid_until__gte=other.valid_from,
            ended_at=None,
        ).exclude(pk=other.pk)


class Deputyship(models.Model):
    """A person who acts in the role of ``membership`` for its holder.

    It lends the role, not the identity: a person who submitted a sheet cannot confirm it as a
    deputy. It is in force only while the membership is, and cannot be lent on. Ending it early
    sets ``ended_at``; the row is kept.
    """

    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="deputyships", verbose_name="代行される役割"
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="deputyships",
        verbose_name="代行する人",
    )
    valid_from = models.DateField("開始日", default=timezone.localdate)
    valid_until = models.DateField("終了日", help_text="この日まで有効です。")
    reason = models.CharField("理由", max_length=200)
    ended_at = models.DateTimeField("取りやめた日時", null=True, blank=True, editable=False)

    objects = DeputyshipQuerySet.as_manager()

    class Meta:
        verbose_name = "代行"
        verbose_name_plural = "代行"
        ordering = ("-valid_from", "-pk")
        constraints = [
            models.CheckConstraint(
                name="deputyship_period_in_order",
                condition=Q(valid_until__gte=F("valid_from")),
                violation_error_message="終了日は開始日以後にしてください。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.deputy}（{self.membership.title_of_deputy}）"

    @property
    def is_over(self) -> bool:
        """Whether the deputyship has ended for good."""
        last = min(self.valid_until, self.membership.valid_until or self.valid_until)
        return self.ended_at is not None or last < timezone.localdate()

    def clean(self) -> None:
        """Validate the deputy, the role and the period, which must not be in the past."""
        if not (self.membership_id and self.deputy_id and self.valid_from and self.valid_until):
            return
        holder = self.membership
        if self.deputy_id == holder.user_id:
            raise ValidationError({"deputy": "本人に代行を頼むことはできません。"})
        if not self.deputy.is_active:
            raise ValidationError({"deputy": "この人の利用者登録は停止されています。"})
        if self._state.adding and self.valid_from < timezone.localdate():
            raise ValidationError({"valid_from": "代行の開始日は今日以後にしてください。"})
        if self._state.adding and self.valid_until > timezone.localdate() + LONGEST_DEPUTYSHIP:
            raise ValidationError({"valid_until": "終了日は、今日から2年以内の日にしてください。"})
        if self.valid_from < holder.valid_from or (
            holder.valid_until is not None and self.valid_until > holder.valid_until
        ):
            raise ValidationError(
                f"「{holder.title}」の役割の期間（{holder.period_in_words}）の中で頼んでください。"
            )
        if taken := Deputyship.objects.overlapping(self).select_related("deputy").first():
            raise ValidationError(
                f"この役割は、{taken.valid_from:%Y年%-m月%-d日}から{taken.valid_until:%Y年%-m月%-d日}まで"
                f"{taken.deputy}さんが代行します。期間が重ならないようにするか、先に取りやめてください。"
            )
