"""Choosing the two versions of a sheet to compare."""

from collections.abc import Sequence
from typing import Any

from django import forms

from evaluations.queries.versions import Choice

UNKNOWN_VERSION = "選んだ版はありません。一覧から選び直してください。"


class CompareForm(forms.Form):
    """The newer and the older version."""

    new = forms.ChoiceField(
        label="新", required=False, error_messages={"invalid_choice": UNKNOWN_VERSION}
    )
    old = forms.ChoiceField(
        label="旧", required=False, error_messages={"invalid_choice": UNKNOWN_VERSION}
    )

    def __init__(self, *args: Any, choices: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(choice.key, choice.title) for choice in choices]
        for name in ("new", "old"):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = named
