"""The form in which the warnings of a sheet are answered, all on one page."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from core.text_fields import TextField
from evaluations.checks import Finding
from evaluations.forms.fields import told_not_cut
from evaluations.texts.notation import normalize


class AnswersForm(forms.Form):
    """A box for each of ``warnings``, named by the warning's key, with the answer ``kept``.

    A box may stay empty: what is not answered yet can be answered later.
    """

    def __init__(
        self, *args: Any, warnings: Iterable[Finding], kept: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for warning in warnings:
            self.fields[warning.key] = _AnswerField(
                label=f"回答：{warning.message}", required=False, initial=kept.get(warning.key, "")
            )
        told_not_cut(self)

    def changed_from(self, shown: Mapping[str, str]) -> dict[str, str]:
        """Return what was answered otherwise than it was ``shown``, by key. After ``is_valid``."""
        answers = {key: normalize(answer) for key, answer in self.cleaned_data.items()}
        return {key: each for key, each in answers.items() if each and each != shown.get(key)}

    def collides(self, shown: Mapping[str, str], kept: Mapping[str, str]) -> bool:
        """Whether somebody else answered meanwhile; their answer is told beside the box."""
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


class _AnswerField(TextField):
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
