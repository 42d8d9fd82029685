"""How people sign in: with accounts the administrator makes."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Nobody makes their own account: a ministry gives it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
