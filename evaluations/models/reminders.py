"""Reminders of deadlines that were sent."""

from django.db import models

from evaluations.models.cycles import Cycle


class SentReminder(models.Model):
    """A reminder of a deadline, sent once to everybody concerned.

    ``days`` is the offset of the reminder (-3: three days before), ``day`` the deadline at the
    time: one that is moved is reminded of again. Not audited.
    """

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="+", verbose_name="評価年度")
    deadline = models.CharField("期限", max_length=40)
    day = models.DateField("期限の日")
    days = models.SmallIntegerField("期限からの日数")
    sent_at = models.DateTimeField("日時", auto_now_add=True)

    class Meta:
        verbose_name = "送った期限のお知らせ"
        verbose_name_plural = "送った期限のお知らせ"
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "deadline", "day", "days"], name="reminder_sent_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cycle} {self.deadline} {self.day} {self.days:+}"
