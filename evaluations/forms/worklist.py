"""The filters of the queue, and the choice of what to do with many sheets."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import Division
from accounts.roles import Roles
from evaluations.enums import Action
from evaluations.models import Cycle, Sheet
from evaluations.queries.home import duties_of
from evaluations.queries.worklist import overdue


class QueueFilterForm(forms.Form):
    """The filters of the queue; invalid values filter nothing."""

    state = forms.ChoiceField(label="対応", required=False)
    division = forms.ModelChoiceField(
        Division.objects.all(), label="担当課室", required=False, empty_label="すべて"
    )
    cycle = forms.ModelChoiceField(
        Cycle.objects.select_related("edition"), label="年度", required=False, empty_label="すべて"
    )
    late = forms.BooleanField(label="期限を過ぎたものだけ", required=False)

    def __init__(self, *args: Any, roles: Roles, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        duties = [(duty.state.value, duty.title) for duty in duties_of(roles)]
        self.fields["state"].choices = [("", "すべて"), *duties]  # type: ignore[attr-defined]

    def apply(self, sheets: QuerySet[Sheet]) -> QuerySet[Sheet]:
        """Return the ``sheets`` that match the form."""
        self.is_valid()
        wanted = self.cleaned_data
        for name in ("state", "division", "cycle"):
            if wanted.get(name):
                sheets = sheets.filter(**{name: wanted[name]})
        return sheets.filter(overdue()) if wanted.get("late") else sheets


class BulkForm(forms.Form):
    """Which step to take with the sheets that were chosen."""

    action = forms.ChoiceField(
        label="まとめて行うこと",
        choices=Action.choices,
        error_messages={"required": "何をするかを選んでください。"},
    )

    def __init__(self, *args: Any, roles: Roles, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actions = dict.fromkeys(action for duty in duties_of(roles) for action in duty.actions)
        choices = [(action.value, action.label) for action in actions]
        self.fields["action"].choices = choices  # type: ignore[attr-defined]
