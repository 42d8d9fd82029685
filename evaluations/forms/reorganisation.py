"""課室の改称・統合・分割: which divisions end, which take over, and who goes where."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone

from accounts.enums import SuccessionKind
from accounts.models import Division
from core.names import match_name
from core.text_fields import TextField
from evaluations.domain.reorganisation import Affected, Choices, Plan
from evaluations.forms.fields import DayField
from printing.fonts import validate_printable

MOST_NEW = 4
ENDS = "end"


class PlanForm(forms.Form):
    """The divisions before and after, and the day; ``plan`` holds the result of a valid form."""

    plan: Plan

    kind = forms.ChoiceField(label="種類", choices=SuccessionKind, widget=forms.RadioSelect)
    on = DayField(
        label="施行日",
        help_text="後の課室の最初の日です。前の課室は、その前日までとなります。",
        error_messages={"required": "施行日を記入してください。"},
    )
    old = forms.ModelMultipleChoiceField(
        Division.objects.none(),
        label="前の課室",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "前の課室を選んでください。"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old = self.fields["old"]
        if isinstance(old, forms.ModelMultipleChoiceField):
            old.queryset = Division.objects.on(timezone.localdate())
        for n in range(1, MOST_NEW + 1):
            self.fields[f"name_{n}"] = TextField(
                label=f"後の課室{n}",
                max_length=100,
                required=False,
                validators=[validate_printable],
            )
            self.fields[f"kana_{n}"] = TextField(
                label=f"後の課室{n}のよみ（ひらがな）", max_length=200, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Make the plan; refuse one that cannot be."""
        cleaned = super().clean() or {}
        if not self.errors:
            self.plan = Plan(
                SuccessionKind(cleaned["kind"]),
                cleaned["on"],
                tuple(cleaned["old"]),
                tuple(self._new(cleaned)),
            )
            if flaw := self.plan.flaw:
                raise forms.ValidationError(flaw)
        return cleaned

    def _new(self, cleaned: dict[str, Any]) -> Iterator[Division]:
        """Yield the divisions named: one that exists under the name, or else a new one."""
        for n in range(1, MOST_NEW + 1):
            if name := cleaned[f"name_{n}"]:
                existing = match_name(Division.objects.all(), "name", name).found
                yield existing or Division(name=name, name_kana=cleaned[f"kana_{n}"])


class ChoicesForm(forms.Form):
    """One choice for each contribution and role that the plan affects."""

    def __init__(self, *args: Any, plan: Plan, affected: Affected, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(str(n), division.name) for n, division in enumerate(plan.new)]
        only = places[0][0] if len(places) == 1 else ""
        first = [("", "選んでください")] if len(places) > 1 else []
        self.contributions = {each.pk: f"contribution_{each.pk}" for each in affected.contributions}
        self.memberships = {each.pk: f"membership_{each.pk}" for each in affected.memberships}
        for contribution in affected.contributions:
            self._add(self.contributions[contribution.pk], str(contribution), first + places, only)
        for membership in affected.memberships:
            begun = membership.valid_from > plan.last_day
            leaves = [] if begun else [(ENDS, "引き継がない（終える）")]
            name = self.memberships[membership.pk]
            self._add(name, str(membership), first + places + leaves, only)

    def _add(self, name: str, label: str, choices: list[tuple[str, str]], initial: str) -> None:
        self.fields[name] = forms.ChoiceField(
            label=label,
            choices=choices,
            initial=initial,
            error_messages={"required": f"「{label}」の引継ぎ先を選んでください。"},
        )

    @property
    def choices(self) -> Choices:
        """The choices of a valid form."""
        chosen = self.cleaned_data
        return Choices(
            {pk: int(chosen[name]) for pk, name in self.contributions.items()},
            {
                pk: None if chosen[name] == ENDS else int(chosen[name])
                for pk, name in self.memberships.items()
            },
        )
