"""Searching the audit log as people speak of it: by words, people, objects and days."""

import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from audit.actions import registered
from audit.models import AuditEntry
from core.text_fields import TextField

MOST_WORDS = 10  # a database takes only so many conditions


def find_entries(entries: QuerySet[AuditEntry], words: str) -> QuerySet[AuditEntry]:
    """Return those of ``entries`` in which every one of ``words`` occurs.

    Names are searched, and what was done and to what kind of thing as it is called in Japanese;
    numbers of objects and requests have to be whole.
    """
    for word in words.split()[:MOST_WORDS]:
        entries = entries.filter(_has(word) | _has(unicodedata.normalize("NFKC", word)))
    return entries


def _has(word: str) -> Q:
    return (
        Q(actor_name__icontains=word)
        | Q(role__icontains=word)
        | Q(object_label__icontains=word)
        | Q(object_id=word)
        | Q(request_id=word)
        | Q(action__in=[action for action, said in registered().items() if word in said])
        | Q(object_type__in=[m._meta.label_lower for m in apps.get_models() if _is_called(m, word)])
    )


def _is_called(model: Any, word: str) -> bool:
    return word in str(model._meta.verbose_name)


class AuditSearchForm(forms.Form):
    """What the log can be narrowed down to, besides action and kind."""

    since = forms.DateField(
        label="この日から", required=False, widget=forms.DateInput({"type": "date"})
    )
    until = forms.DateField(
        label="この日まで", required=False, widget=forms.DateInput({"type": "date"})
    )
    person = TextField(label="行為者（氏名の一部）", required=False, max_length=150)
    target = TextField(label="対象（名称の一部又は番号）", required=False, max_length=300)
    request = TextField(label="要求番号", required=False, max_length=60)

    def apply(self, entries: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        """Return those of ``entries`` asked for; none where the form could not be understood."""
        if not self.is_valid():
            return entries.none()
        asked = self.cleaned_data
        if asked["since"]:
            entries = entries.filter(at__gte=_midnight(asked["since"]))
        if asked["until"] and asked["until"] < date.max:
            entries = entries.filter(at__lt=_midnight(asked["until"] + timedelta(days=1)))
        if asked["person"]:
            entries = entries.filter(actor_name__icontains=asked["person"])
        if asked["target"]:
            target = asked["target"]
            entries = entries.filter(Q(object_label__icontains=target) | Q(object_id=target))
        if asked["request"]:
            entries = entries.filter(request_id=asked["request"])
        return entries


def _midnight(day: date) -> datetime:
    """Return when ``day`` begins, in the ministry's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


class SearchFilter(admin.ListFilter):
    """The form above, among the filters of the list."""

    title = "期間・行為者・対象・要求番号"
    template = "admin/audit/auditentry/search_filter.html"

    def __init__(
        self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any
    ) -> None:
        super().__init__(request, params, model, model_admin)
        for name in AuditSearchForm.base_fields:
            if values := params.pop(name, None):
                self.used_parameters[name] = values[-1]
        self.form = AuditSearchForm(self.used_parameters)

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str | None]:
        return list(AuditSearchForm.base_fields)

    def choices(self, changelist: Any) -> Any:
        """Yield what else was asked for, which the form sends along."""
        own = set(AuditSearchForm.base_fields)
        for name, values in changelist.filter_params.items():
            if name not in own:
                yield from ({"name": name, "value": value} for value in values)
        if changelist.query:
            yield {"name": "q", "value": changelist.query}

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return self.form.apply(queryset)
