"""How people sign in: with accounts the administrator makes."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from accounts.domain.register import save_record
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Nobody makes their own account: a ministry gives it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: User, password: str) -> None:
        """Store the password a person chose for themselves, on record."""
        user.set_password(password)
        save_record(user, actor=user)
