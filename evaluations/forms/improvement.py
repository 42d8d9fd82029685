"""The forms of improvement points: raising, answering, and finding them."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Division
from editions.definition import Definition, Item
from editions.enums import ItemKind
from evaluations.domain.improvement import MAX_OWNER, MAX_TEXT, PointFields
from evaluations.enums import SETTLED, AnswerStatus
from evaluations.forms.fields import DayField, ProseField
from evaluations.queries.improvement import UNANSWERED

_SPOKEN_OF = (ItemKind.STAFFING, ItemKind.FINANCIAL_REPORT)


class PointForm(forms.Form):
    """What is to be improved, by whom, and until when."""

    text = ProseField(
        label="改善を要する点",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=MAX_TEXT,
        help_text="何を、どの状態まで改めるかを、翌年度に実施の有無を答えられるように記入します。",
        error_messages={
            "required": "改善を要する点を記入してください。",
            "max_length": f"{MAX_TEXT:,}字以内で記入してください。",
        },
    )
    key = forms.ChoiceField(label="どの項目についてか", required=False)
    owner_division = forms.ModelChoiceField(
        Division.objects.all(),
        label="担当課室",
        empty_label=None,
        error_messages={"required": "担当課室を選んでください。"},
    )
    owner = ProseField(
        label="担当者・担当班",
        required=False,
        max_length=MAX_OWNER,
        error_messages={"max_length": f"{MAX_OWNER}字以内で記入してください。"},
    )
    due_date = DayField(
        label="期限",
        help_text="例：2019年3月末",
        error_messages={"required": "期限を記入してください。"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, definition: Definition, items: list[Item], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        key_field = cast(forms.ChoiceField, self.fields["key"])
        key_field.choices = [("", "シート全体")] + [
            (item.key, definition.name_of(item.key))
            for item in items
            if item.is_text or item.kind in _SPOKEN_OF
        ]

    @property
    def point(self) -> PointFields:
        """What was filled in, as the verbs take it."""
        return PointFields(
            **{name: value for name, value in self.cleaned_data.items() if name != "version"}
        )


class RemoveForm(forms.Form):
    """The version of the sheet from which a point is removed."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class PointAnswerForm(forms.Form):
    """What was done about a point; ``version`` is that of the answer the person saw."""

    status = forms.ChoiceField(
        label="状況",
        choices=AnswerStatus.choices,
        widget=forms.RadioSelect,
        help_text="「対応中」とした改善点は、翌年度のシートでも回答を求められます。",
        error_messages={"required": "状況を選んでください。"},
    )
    text = ProseField(
        label="行ったこと",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=MAX_TEXT,
        help_text="何を、いつ行ったかを記入します。取りやめのときは、その理由を記入します。",
        error_messages={
            "required": "行ったことを記入してください。",
            "max_length": f"{MAX_TEXT:,}字以内で記入してください。",
        },
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class PointFilterForm(forms.Form):
    """Which points are listed; by default those still open. Invalid values filter nothing."""

    OPEN, ALL = "", "all"

    status = forms.ChoiceField(
        label="状況",
        required=False,
        choices=[
            (OPEN, "未解決（未回答・対応中）"),
            (UNANSWERED, "未回答"),
            *AnswerStatus.choices,
            (ALL, "すべて"),
        ],
    )
    division = forms.ModelChoiceField(
        Division.objects.all(), label="シートの担当課室", required=False, empty_label="すべて"
    )
    overdue = forms.BooleanField(label="期限を過ぎたものだけ", required=False)

    def apply(self, points: QuerySet[Any]) -> QuerySet[Any]:
        """Return the ``points`` that match the form, the nearest due date first.

        ``points`` are those of ``queries.improvement.points_visible_to``, each with its status.
        """
        self.is_valid()
        wanted = self.cleaned_data
        status = wanted.get("status", self.OPEN)
        if status == self.OPEN or wanted.get("overdue"):
            points = points.exclude(status__in=SETTLED)
        if status not in (self.OPEN, self.ALL):
            points = points.filter(status=status)
        if wanted.get("division"):
            points = points.filter(sheet__division=wanted["division"])
        if wanted.get("overdue"):
            points = points.filter(due_date__lt=timezone.localdate())
        return points.order_by("due_date", "pk")
