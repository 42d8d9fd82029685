"""The forms with which a sheet is moved and graded."""

from typing import Any, cast

from django import forms

from evaluations.editions.definition import Scale
from evaluations.forms.fields import told_not_cut


class ActionForm(forms.Form):
    """The reason for a step, and the version of the sheet the person looked at."""

    comment = forms.CharField(
        label="理由・連絡事項",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={
            "required": "理由を記入してください。",
            "max_length": "2,000字以内で記入してください。",
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, comment_required: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told_not_cut(self)
        self.fields["comment"].required = comment_required
        self.fields["comment"].help_text = (
            "相手に伝わるよう、どこをどう直すかを具体的に記入します。経過として残ります。"
            if comment_required
            else "必要なときだけ記入します。経過として残ります。"
        )


class GradeForm(forms.Form):
    """The overall grade on the edition's scale, with its yardstick, and the reason."""

    grade = forms.ChoiceField(
        label="総合評価",
        widget=forms.RadioSelect,
        error_messages={"required": "総合評価を選んでください。"},
    )
    reason = forms.CharField(
        label="評価の理由",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="どの成果・事実からこの評価としたかを記入します。公表様式には印字されません。",
        error_messages={"required": "評価の理由を記入してください。"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, scale: Scale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grade_field = cast(forms.ChoiceField, self.fields["grade"])
        grade_field.choices = [
            (grade.key, f"{grade.key}：{grade.yardstick}" if grade.yardstick else grade.key)
            for grade in scale.grades
        ]
