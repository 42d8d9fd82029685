"""The user model."""

from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models

from accounts.roles import Roles, roles_of


class User(AbstractUser):
    """A person with an account. Permissions come from memberships."""

    display_name = models.CharField("氏名", max_length=60, blank=True)

    class Meta:
        verbose_name = "利用者"
        verbose_name_plural = "利用者"
        ordering = ("username",)

    def __str__(self) -> str:
        return self.display_name or self.username

    @cached_property
    def roles(self) -> Roles:
        """Today's roles, cached on the instance. Code that changes data reads them again."""
        return roles_of(self)

    def roles_in_words(self) -> str:
        """Return today's roles as the audit log stores them. One query."""
        return roles_of(self).in_words
