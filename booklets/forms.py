"""Forms for selecting the sheets and the kind of a booklet."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from booklets.enums import BookletKind
from contributions.models import Organization
from evaluations.enums import State
from evaluations.forms.sheets import NO_CHOICE, SheetFilterForm
from evaluations.models import Sheet


class SelectionForm(SheetFilterForm):
    """The filters of the list of sheets, with the organisation."""

    organization = forms.ChoiceField(
        label="拠出先国際機関", required=False, error_messages=NO_CHOICE
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(each.pk), str(each)) for each in Organization.objects.all()]
        cast(forms.ChoiceField, self.fields["organization"]).choices = [("", "すべて"), *choices]

    def apply(self, sheets: QuerySet[Sheet]) -> QuerySet[Sheet]:
        """Return the selected ``sheets``.

        Sheets in the state 評価対象外 are included only if the form selects that state.
        """
        sheets = super().apply(sheets)
        if organization := self.cleaned_data.get("organization"):
            sheets = sheets.filter(contribution__organization=organization)
        if self.cleaned_data.get("state"):
            return sheets
        return sheets.exclude(state=State.EXCLUDED)

    @property
    def in_words(self) -> list[str]:
        """Return the filters in words: 「担当課室：〇〇課」; empty if there are none."""
        self.is_valid()
        words = []
        for name, field in self.fields.items():
            if value := self.cleaned_data.get(name):
                shown = dict(getattr(field, "choices", ())).get(value, value)
                words.append(f"{field.label}：{shown}")
        return words


class BookletForm(forms.Form):
    """The kind of file to be made."""

    kind = forms.ChoiceField(
        label="作成するもの",
        choices=BookletKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "作成するものを選んでください。"},
    )
