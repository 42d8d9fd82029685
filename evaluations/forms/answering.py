"""The form of an answer to a warning."""

from typing import Any

from django import forms

from evaluations.forms.fields import told_not_cut


class AnswerForm(forms.Form):
    """Why the words stand as they are."""

    answer = forms.CharField(
        label="回答",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "回答を記入してください。",
            "max_length": "1,000字以内で記入してください。",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told_not_cut(self)
