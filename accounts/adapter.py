"""How people sign in: with accounts the administrator makes."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from accounts.domain.register import save_record
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Nobody makes their own account: a ministry gives it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count failures by account and address: nobody locks a colleague out from elsewhere."""
        account = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{account}:{self.get_client_ip(request)}"

    def set_password(self, user: User, password: str) -> None:
        """Store the password a person chose for themselves, on record."""
        user.set_password(password)
        save_record(user, actor=user)
