"""Transfers (異動) in the admin: end roles of a person and begin others, with a preview."""

from collections.abc import Iterator
from datetime import date
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.admin.base import administers
from accounts.domain.transfers import Post, transfer
from accounts.enums import DIVISION_ROLES, Role
from accounts.models import Division, Membership, User
from accounts.requests import person
from core.form_pages import posted, status_of

MOST_POSTS = 3


class _RolesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title}（{obj.period_in_words}）"


class TransferForm(forms.Form):
    """The last day in the old roles, the roles to end, and the new ones."""

    last_day = forms.DateField(
        label="前の役割の最後の日",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="新しい役割は、その翌日に始まります。",
        error_messages={"required": "最後の日を記入してください。"},
        validators=[
            MinValueValidator(date(1950, 1, 1), "1950年以後の日を記入してください。"),
            MaxValueValidator(date(2199, 12, 30), "2199年までの日を記入してください。"),
        ],
    )
    leave = _RolesField(
        Membership.objects.none(),
        label="終える役割",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={
            "invalid_choice": "選んだ役割は、既に終わっています。今の役割から選び直してください。"
        },
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        held = cast(_RolesField, self.fields["leave"])
        held.queryset = _not_over(person, today)
        for n in range(1, MOST_POSTS + 1):
            self.fields[f"role_{n}"] = forms.ChoiceField(
                label=f"始める役割{n}", choices=[("", "（なし）"), *Role.choices], required=False
            )
            self.fields[f"division_{n}"] = forms.ModelChoiceField(
                Division.objects.on(today),
                label=f"始める役割{n}の課室",
                empty_label="（省内全体）",
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Require a division for division roles only."""
        cleaned = super().clean() or {}
        for n in range(1, MOST_POSTS + 1):
            role, division = cleaned.get(f"role_{n}"), cleaned.get(f"division_{n}")
            if role in DIVISION_ROLES and not division:
                self.add_error(f"division_{n}", "担当官と課室長には課室を選んでください。")
            elif division and role not in DIVISION_ROLES:
                self.add_error(f"division_{n}", "課室を選ぶのは、担当官と課室長だけです。")
        return cleaned

    def posts(self) -> Iterator[Post]:
        """Yield the new roles of a valid form."""
        for n in range(1, MOST_POSTS + 1):
            if role := self.cleaned_data[f"role_{n}"]:
                yield Post(Role(role), self.cleaned_data[f"division_{n}"])


def _not_over(person: User, day: date) -> QuerySet[Membership]:
    return (
        Membership.objects.filter(user=person)
        .filter(Q(valid_until=None) | Q(valid_until__gte=day))
        .select_related("division")
        .order_by("pk")
    )


def transfer_page(model_admin: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form, then a preview, and transfer the person when confirmed."""
    if not administers(person(request).roles):
        raise PermissionDenied("異動の登録は、システム管理者が行います。")
    who, actor = get_object_or_404(User, pk=pk), person(request)
    form = TransferForm(posted(request), person=who)
    preview = None
    if form.is_valid():
        leave, posts = list(form.cleaned_data["leave"]), list(form.posts())
        last_day = form.cleaned_data["last_day"]
        if "confirmed" in request.POST:
            try:
                transfer(who, last_day=last_day, leave=leave, posts=posts, actor=actor)
            except ValidationError as error:
                # An error of the membership, whose fields the form does not have.
                form.add_error(None, ValidationError(error.messages))
            else:
                messages.success(request, f"{who}さんの異動を登録しました。")
                return redirect("admin:accounts_user_change", pk)
        elif not leave and not posts:
            form.add_error(None, "終える役割又は始める役割を選んでください。")
        else:
            preview = _preview(who, last_day, leave, posts)
    context = model_admin.admin_site.each_context(request) | {
        "title": f"{who}さんの異動",
        "opts": model_admin.opts,
        "who": who,
        "form": form,
        "preview": preview,
    }
    template = "admin/accounts/user/transfer.html"
    return TemplateResponse(request, template, context, status=status_of(form))


def _preview(
    who: User, last_day: date, leave: list[Membership], posts: list[Post]
) -> dict[str, Any]:
    """Return the template context with what the transfer changes and what it does not."""
    left = {each.pk for each in leave}
    return {
        "last_day": last_day,
        "is_past": last_day < timezone.localdate(),
        "leave": [each.title for each in leave],
        "posts": [str(post) for post in posts],
        "stay": [m.title for m in _not_over(who, timezone.localdate()) if m.pk not in left],
        "deputies": [
            str(lent)
            for each in leave
            for lent in each.deputyships.filter(
                ended_at=None, valid_until__gt=last_day
            ).select_related("deputy", "membership__user", "membership__division")
        ],
    }
