"""The people who sign in."""

from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models

from accounts.roles import Acting, Roles, roles_of


class User(AbstractUser):
    """A person with an account. What they may do comes from their memberships."""

    display_name = models.CharField("氏名", max_length=60, blank=True)

    class Meta:
        verbose_name = "利用者"
        verbose_name_plural = "利用者"
        ordering = ("username",)

    def __str__(self) -> str:
        return self.display_name or self.username

    @cached_property
    def roles(self) -> Roles:
        """The roles held today, read once per request. An act reads them afresh instead."""
        return roles_of(self)

    @property
    def acting(self) -> Acting:
        """The person with these roles, as a page hands them to the rules of access."""
        return Acting(self, self.roles)

    def roles_in_words(self) -> str:
        """Return the titles held today, as the record keeps them. One query."""
        return roles_of(self).in_words
