"""The filters of the list of sheets."""

from django import forms
from django.db.models import QuerySet

from accounts.models import Division
from evaluations.enums import State
from evaluations.models import Cycle, Sheet
from evaluations.queries import find_sheets


class SheetFilterForm(forms.Form):
    """Words and filters; an empty one filters nothing, and so does one that cannot be read."""

    q = forms.CharField(label="検索語", required=False, max_length=200)
    cycle = forms.ModelChoiceField(
        Cycle.objects.select_related("edition"), label="年度", required=False, empty_label="すべて"
    )
    state = forms.ChoiceField(
        label="状態", required=False, choices=[("", "すべて"), *State.choices]
    )
    division = forms.ModelChoiceField(
        Division.objects.all(), label="担当課室", required=False, empty_label="すべて"
    )

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
