"""The filters of the queue, and the choice of what to do with many sheets."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import Division
from accounts.roles import Roles
from contributions.enums import ContributionType
from core.text_fields import TextField
from evaluations.enums import Action, QueueOrder
from evaluations.forms.sheets import MOST_LETTERS
from evaluations.models import Cycle, Sheet
from evaluations.queries.home import duties_of
from evaluations.queries.search import find_sheets
from evaluations.queries.worklist import in_order, overdue


class QueueFilterForm(forms.Form):
    """The filters and the order of the queue; invalid values filter nothing."""

    q = TextField(label="検索語", required=False, max_length=MOST_LETTERS)
    state = forms.ChoiceField(label="対応", required=False)
    division = forms.ModelChoiceField(
        Division.objects.all(), label="担当課室", required=False, empty_label="すべて"
    )
    cycle = forms.ModelChoiceField(
        Cycle.objects.select_related("edition"), label="年度", required=False, empty_label="すべて"
    )
    contribution_type = forms.ChoiceField(
        label="種別", required=False, choices=[("", "すべて"), *ContributionType.choices]
    )
    graded = forms.ChoiceField(
        label="評価",
        required=False,
        choices=[("", "すべて"), ("no", "未評価"), ("yes", "評価済み")],
    )
    order = forms.ChoiceField(label="並べ方", required=False, choices=QueueOrder.choices)
    late = forms.BooleanField(label="期限を過ぎたものだけ", required=False)

    def __init__(self, *args: Any, roles: Roles, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        duties = [(duty.state.value, duty.title) for duty in duties_of(roles)]
        self.fields["state"].choices = [("", "すべて"), *duties]  # type: ignore[attr-defined]
        if not roles.is_reviewer:
            del self.fields["graded"]

    def apply(self, sheets: QuerySet[Sheet]) -> QuerySet[Sheet]:
        """Return the ``sheets`` that match the form."""
        self.is_valid()
        wanted = self.cleaned_data
        for name in ("state", "division", "cycle"):
            if wanted.get(name):
                sheets = sheets.filter(**{name: wanted[name]})
        if kind := wanted.get("contribution_type"):
            sheets = sheets.filter(contribution__contribution_type=kind)
        if graded := wanted.get("graded"):
            sheets = sheets.filter(graded_at__isnull=graded == "no")
        if wanted.get("late"):
            sheets = sheets.filter(overdue())
        return in_order(find_sheets(sheets, wanted.get("q", "")), wanted.get("order", ""))


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
