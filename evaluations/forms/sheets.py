"""The filters of the list of sheets."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from accounts.models import Division
from core.text_fields import TextField
from evaluations.enums import State
from evaluations.models import Cycle, Sheet
from evaluations.queries.search import find_sheets

MOST_LETTERS = 200
NO_CHOICE = {"invalid_choice": "選び直してください。"}


class SheetFilterForm(forms.Form):
    """Search words and filters. An empty filter is ignored, an invalid one finds nothing.

    Otherwise the sheets of all years could be mistaken for those of the year asked for.
    """

    q = TextField(
        label="検索語",
        required=False,
        max_length=MOST_LETTERS,
        error_messages={"max_length": f"{MOST_LETTERS}字以内で入力してください。"},
    )
    cycle = forms.ChoiceField(label="年度", required=False, error_messages=NO_CHOICE)
    state = forms.ChoiceField(
        label="状態",
        required=False,
        choices=[("", "すべて"), *State.choices],
        error_messages=NO_CHOICE,
    )
    division = forms.ChoiceField(label="担当課室", required=False, error_messages=NO_CHOICE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Read once: a ModelChoiceField queries the chosen record again.
        for name, records in (
            ("cycle", Cycle.objects.select_related("edition")),
            ("division", Division.objects.all()),
        ):
            choices = [(str(record.pk), str(record)) for record in records]
            cast(forms.ChoiceField, self.fields[name]).choices = [("", "すべて"), *choices]

    def apply(self, sheets: QuerySet[Sheet]) -> QuerySet[Sheet]:
        """Return the ``sheets`` that match the form; none where it is invalid."""
        if not self.is_valid():
            return sheets.none()
        wanted = self.cleaned_data
        for name in ("cycle", "state", "division"):
            if wanted.get(name):
                sheets = sheets.filter(**{name: wanted[name]})
        return find_sheets(sheets, wanted.get("q", ""))

    @property
    def unreadable(self) -> str:
        """The labels of the invalid filters: 「年度」「状態」; empty where all are valid."""
        return "".join(f"「{self.fields[name].label}」" for name in self.errors)


class CycleForm(forms.Form):
    """The choice of a year."""

    cycle = forms.ModelChoiceField(
        Cycle.objects.select_related("edition"), label="年度", required=False, empty_label="最新"
    )
