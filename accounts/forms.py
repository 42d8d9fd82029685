"""Forms for signing in and appointing deputies."""

from typing import Any, cast

from allauth.account.forms import LoginForm
from django import forms
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Deputyship, Membership, User
from core.text_fields import TextField


class SignInForm(LoginForm):
    """allauth's form, which also accepts user names in full-width letters."""

    def clean_login(self) -> str:
        """Return the name normalized as Django does when storing a user name."""
        return User.normalize_username(super().clean_login()).strip()


class _PersonField(forms.ModelChoiceField):
    """A choice of people, shown with their roles to distinguish equal names."""

    def label_from_instance(self, obj: Any) -> str:
        titles = "、".join(membership.title for membership in obj.memberships.all())
        return f"{obj}（{titles}）" if titles else f"{obj}（{obj.username}）"


class _RoleField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return obj.title


def _day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": f"{label}を記入してください。",
            "invalid": "日付として読めません。「2026-04-01」のように記入してください。",
        },
    )


class DeputyForm(forms.ModelForm):
    """The role to lend, the deputy, the period and the reason."""

    membership = _RoleField(
        Membership.objects.none(),
        label="頼む役割",
        empty_label=None,
        error_messages={"required": "頼む役割を選んでください。"},
    )
    deputy = _PersonField(
        User.objects.none(),
        label="代行する人",
        error_messages={"required": "代行する人を選んでください。"},
    )
    valid_from = _day("開始日")
    valid_until = _day(
        "終了日", "この日まで代行します（今日から2年以内）。早く終えるときは取りやめます。"
    )
    reason = TextField(
        label="理由",
        max_length=200,
        help_text="「出張のため」のように簡潔に記入します。監査記録に残ります。",
        error_messages={"required": "理由を記入してください。"},
    )

    class Meta:
        model = Deputyship
        fields = ("membership", "deputy", "valid_from", "valid_until", "reason")

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        now = Membership.objects.on(today).select_related("division")
        colleagues = User.objects.filter(is_active=True).exclude(pk=person.pk)
        cast(_RoleField, self.fields["membership"]).queryset = lendable_by(person)
        cast(_PersonField, self.fields["deputy"]).queryset = colleagues.prefetch_related(
            Prefetch("memberships", now)
        ).order_by("display_name", "username")
        self.fields["valid_from"].initial = today


def lendable_by(person: User) -> QuerySet[Membership]:
    """Return the memberships of ``person`` for which a deputy can be appointed: today's."""
    return (
        Membership.objects.on(timezone.localdate())
        .filter(user=person)
        .exclude(role=Role.VIEWER)
        .select_related("division", "user")
    )
