"""Forms for grades: the overall grade, criteria, second readings."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from core.text_fields import TextField
from editions.definition import Definition, Item, Scale
from evaluations.content import CriterionJudgement

# The prefix of the choices that give a reason for not grading a criterion.
_UNGRADED = "ungraded:"


class GradeForm(forms.Form):
    """The overall grade on the edition's scale, with its yardstick, and the reason.

    Where the form grades single ``criteria``, their grades and reasons come first.
    """

    grade = forms.ChoiceField(
        label="総合評価",
        widget=forms.RadioSelect,
        error_messages={"required": "総合評価を選んでください。"},
    )
    reason = TextField(
        label="評価の理由",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="どの成果・事実からこの評価としたかを記入します。公表様式には印字されません。",
        error_messages={"required": "評価の理由を記入してください。"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        scale: Scale,
        definition: Definition | None = None,
        criteria: Sequence[Item] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        grade_field = cast(forms.ChoiceField, self.fields["grade"])
        grade_field.choices = _choices(scale)
        self.criteria = criteria
        for item in criteria:
            own = definition.scale_of(item) if definition else None
            if definition and own:
                self._add_criterion(item, own, definition.name_of(item.key))
        self.order_fields([name for name in self.fields if name not in _OVERALL])

    def _add_criterion(self, item: Item, scale: Scale, name: str) -> None:
        choices = _choices(scale) + [
            (f"{_UNGRADED}{each.key}", f"評定を付けない：{each.label}")
            for each in item.ungraded_reasons
        ]
        self.fields[f"{item.key}__grade"] = forms.ChoiceField(
            label=f"{name}の評定",
            choices=choices,
            widget=forms.RadioSelect,
            error_messages={"required": f"{name}の評定を選んでください。"},
        )
        self.fields[f"{item.key}__reason"] = TextField(
            label=f"{name}の評定の理由",
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": f"{name}の評定の理由を記入してください。"},
        )

    @staticmethod
    def is_reason_of_criterion(name: str) -> bool:
        """Return whether the field ``name`` holds why a single criterion got its grade."""
        return name.endswith("__reason")

    @staticmethod
    def initial_of(judged: dict[str, CriterionJudgement]) -> dict[str, str]:
        """Return ``judged``, by item key, as the initial values of the fields."""
        values = {}
        for key, each in judged.items():
            no_grade = f"{_UNGRADED}{each.ungraded_reason}" if each.ungraded_reason else ""
            values[f"{key}__grade"] = each.grade or no_grade
            values[f"{key}__reason"] = each.reason
        return values

    @property
    def judgements(self) -> dict[str, CriterionJudgement]:
        """What was chosen for the criteria, by item key."""
        return {item.key: self._judgement(item.key) for item in self.criteria}

    def _judgement(self, key: str) -> CriterionJudgement:
        chosen, reason = self.cleaned_data[f"{key}__grade"], self.cleaned_data[f"{key}__reason"]
        if chosen.startswith(_UNGRADED):
            return CriterionJudgement("", chosen.removeprefix(_UNGRADED), reason)
        return CriterionJudgement(chosen, "", reason)


_OVERALL = ("grade", "reason", "version")


class SecondReadingForm(GradeForm):
    """What a second reader would grade, and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grade"].label = "第二読者としての評価"
        self.fields[
            "reason"
        ].help_text = "総合評価と違うときは、どの成果・事実の見方が違うかを記入します。"


def _choices(scale: Scale) -> list[tuple[str, str]]:
    return [
        (grade.key, f"{grade.key}：{grade.yardstick}" if grade.yardstick else grade.key)
        for grade in scale.grades
    ]
