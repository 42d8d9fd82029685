"""The form for a step of the workflow."""

from typing import Any

from django import forms

from evaluations.forms.fields import ProseField


class ActionForm(forms.Form):
    """The reason for a step, the version of the sheet on the page, and a token of its content."""

    comment = ProseField(
        label="理由・連絡事項",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={
            "required": "理由を記入してください。",
            "max_length": "2,000字以内で記入してください。",
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, comment_required: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comment"].required = comment_required
        self.fields["comment"].help_text = (
            "相手に伝わるよう、どこをどう直すかを具体的に記入します。経過として残ります。"
            if comment_required
            else "必要なときだけ記入します。経過として残ります。"
        )

    def show_again(self, version: int, shown: str) -> None:
        """Prepare a refused form to be shown again, with its reason, for the sheet as it is now."""
        self.data = {name: self.data[name] for name in self.data} | {
            "version": version,
            "shown": shown,
        }
