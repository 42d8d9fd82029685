"""The filters of the list of sheets."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from accounts.models import Division
from evaluations.enums import State
from evaluations.models import Cycle, Sheet
from evaluations.queries import find_sheets


class SheetFilterForm(forms.Form):
    """Words and filters; an empty one filters nothing, and so does one that cannot be read."""

    q = forms.CharField(label="検索語", required=False, max_length=200)
    cycle = forms.ChoiceField(label="年度", required=False)
    state = forms.ChoiceField(
        label="状態", required=False, choices=[("", "すべて"), *State.choices]
    )
    division = forms.ChoiceField(label="担当課室", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Read once: a ModelChoiceField asks the database again for what was chosen.
        for name, records in (
            ("cycle", Cycle.objects.select_related("edition")),
            ("division", Division.objects.all()),
        ):
            choices = [(str(record.pk), str(record)) for record in records]
            cast(forms.ChoiceField, self.fields[name]).choices = [("", "すべて"), *choices]

    def apply(self, sheets: QuerySet[Sheet]) -> QuerySet[Sheet]:
        """Return those of ``sheets`` that the form asks for."""
        self.is_valid()
        wanted = self.cleaned_data
        for name in ("cycle", "state", "division"):
            if wanted.get(name):
                sheets = sheets.filter(**{name: wanted[name]})
        return find_sheets(sheets, wanted.get("q", ""))


class CycleForm(forms.Form):
    """Which year is looked at."""

    cycle = forms.ModelChoiceField(
        Cycle.objects.select_related("edition"), label="年度", required=False, empty_label="最新"
    )
