"""Search of the audit log in the admin: by words, person, object and date."""

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

MOST_WORDS = 10  # databases limit the number of conditions


def find_entries(entries: QuerySet[AuditEntry], words: str) -> QuerySet[AuditEntry]:
    """Return the ``entries`` that match all of ``words``.

    A word matches part of a name or of the Japanese label of an action or object type, or the
    whole number of an object or request.
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
    """Search fields of the log, in addition to the filters by action and type."""

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
        """Return the matching ``entries``; none if the form is invalid."""
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
    """Return the start of ``day`` in the current time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


class SearchFilter(admin.ListFilter):
    """``AuditSearchForm`` as an admin list filter."""

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
        """Yield the other parameters, which the form sends as hidden fields."""
        own = set(AuditSearchForm.base_fields)
        for name, values in changelist.filter_params.items():
            if name not in own:
                yield from ({"name": name, "value": value} for value in values)
        if changelist.query:
            yield {"name": "q", "value": changelist.query}

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return self.form.apply(queryset)
