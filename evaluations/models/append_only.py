"""Rows that are written once: said is said."""

from typing import Any, NoReturn, TypeVar

from django.db import models

from accounts.models.audit import AppendOnlyError

Row = TypeVar("Row", bound=models.Model)


class AppendOnlyQuerySet(models.QuerySet[Row]):
    """Rows that cannot be changed or deleted in bulk either."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("記録した発言は変更できません。")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("記録した発言は削除できません。")


class AppendOnly(models.Model):
    """A row that is never changed and never deleted; what comes after it is a row of its own.

    Its manager has to come of an ``AppendOnlyQuerySet``.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError("記録した発言は変更できません。")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("記録した発言は削除できません。")
