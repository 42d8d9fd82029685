"""The form that answers all warnings of a sheet on one page."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from evaluations.checks import Finding
from evaluations.forms.fields import ProseField
from texts.notation import normalize


class AnswersForm(forms.Form):
    """A box for each of ``warnings``, named by the warning's key, with the answer ``kept``.

    A box may stay empty, to be answered later.
    """

    def __init__(
        self, *args: Any, warnings: Iterable[Finding], kept: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for warning in warnings:
            self.fields[warning.key] = _AnswerField(
                label=f"回答：{warning.message}", required=False, initial=kept.get(warning.key, "")
            )

    def changed_from(self, shown: Mapping[str, str]) -> dict[str, str]:
        """Return the answers that differ from those ``shown``, by key. After ``is_valid``."""
        answers = {key: normalize(answer) for key, answer in self.cleaned_data.items()}
        return {key: each for key, each in answers.items() if each and each != shown.get(key)}

    def collides(self, shown: Mapping[str, str], kept: Mapping[str, str]) -> bool:
        """Whether somebody else answered meanwhile; adds an error with their answer."""
        late = [
            key
            for key, answer in self.changed_from(shown).items()
            if kept.get(key, "") not in (shown.get(key, ""), answer)
        ]
        for key in late:
            self.add_error(
                key,
                f"画面を開いた後に、ほかの人が「{kept[key]}」と回答しました。"
                "もう一度保存すると、あなたの回答に改まります。",
            )
        return bool(late)


class _AnswerField(ProseField):
    """The answer to one warning; once there, it can be replaced but not taken back."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"max_length": "1,000字以内で記入してください。"},
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        answer = super().clean(value)
        if self.initial and not answer:
            raise forms.ValidationError("回答を空にはできません。今の回答を記入してください。")
        return answer
