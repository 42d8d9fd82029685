"""allauth adapter: accounts are created by administrators only."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from accounts.models import User
from audit.records import save_record
from core.mail_headers import FoldedEmail


class AccountAdapter(DefaultAccountAdapter):
    """Disables sign-up, and records changes of passwords."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count failures per account and address, so that nobody can lock out a colleague."""
        account = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{account}:{self.get_client_ip(request)}"

    def set_password(self, user: User, password: str) -> None:
        """Store a password chosen by the person, with an audit entry."""
        user.set_password(password)
        save_record(user, actor=user)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> FoldedEmail:
        """Return the mail for a password reset, in plain text like all our mails."""
        mail = super().render_mail(template_prefix, email, context, headers)
        return FoldedEmail(mail.subject, mail.body, mail.from_email, mail.to, headers=headers)
