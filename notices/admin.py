"""The outbox in the admin."""

from collections import Counter
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin.base import ReadOnlyMixin, RegisterAdmin, administers
from accounts.requests import person
from accounts.roles import Roles
from notices.domain.outbox import RetryResult, retry
from notices.models import OutgoingMail


class MailStateFilter(admin.SimpleListFilter):
    """Filters by delivery state."""

    title = "状態"
    parameter_name = "state"
    STATES: ClassVar[dict[str, tuple[str, dict[str, Any]]]] = {
        "waiting": ("送信待ち", {"sent_at": None, "given_up_at": None, "attempts": 0}),
        "trying": ("再送待ち", {"sent_at": None, "given_up_at": None, "attempts__gt": 0}),
        "given_up": ("断念", {"given_up_at__isnull": False}),
        "sent": ("送信済み", {"sent_at__isnull": False}),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, label) for value, (label, _) in self.STATES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        wanted = self.STATES.get(self.value() or "")
        return queryset.filter(**wanted[1]) if wanted else queryset


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyMixin, RegisterAdmin):
    """The outbox with delivery states. The content of mails is not shown."""

    list_display = ("subject", "address", "state", "created_at")
    list_filter = (MailStateFilter,)
    search_fields = ("subject", "address")
    date_hierarchy = "created_at"
    actions = ("send_again",)
    fields = (
        "subject",
        "address",
        "state",
        "attempts",
        "last_error",
        "created_at",
        "not_before",
        "sent_at",
        "given_up_at",
        "reference",
    )
    readonly_fields = ("state", "reference")

    def may_view(self, roles: Roles) -> bool:
        return administers(roles)

    @admin.display(description="状態")
    def state(self, mail: OutgoingMail) -> str:
        return mail.state_in_words

    @admin.action(description="送っていないものを、すぐに送り直す")
    def send_again(self, request: HttpRequest, mails: QuerySet[OutgoingMail]) -> None:
        outcomes = Counter(retry(mail, actor=person(request)) for mail in mails)
        for outcome, count in outcomes.items():
            level = messages.SUCCESS if outcome is RetryResult.DUE else messages.WARNING
            messages.add_message(request, level, f"{count}通：{outcome.value}。")
