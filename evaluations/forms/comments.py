"""The forms of the review: a comment, a remark in its thread, a suggested wording, a decision."""

from typing import Any, cast

from crispy_forms.helper import FormHelper
from django import forms

from evaluations.enums import CommentAudience, CommentKind
from evaluations.forms.fields import ProseField

MAX = 2000
TOO_LONG = {"max_length": "2,000字以内で記入してください。"}


class CommentForm(forms.Form):
    """A comment on an item, or on words of its text; the submit button sets who sees it.

    ``start``: where the words begin, if the page knows; counted in characters.
    """

    quote = ProseField(
        label="対象の語句",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="文章の語句をそのまま写します。空欄のときは、項目全体へのコメントになります。",
    )
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    text = ProseField(
        label="コメント",
        max_length=MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "コメントを記入してください。"} | TOO_LONG,
    )
    is_blocking = forms.BooleanField(
        label="解決するまで確定しない",
        required=False,
        help_text="担当課室にも見えるコメントに付けられます。",
    )
    audience = forms.ChoiceField(
        label="見える範囲",
        choices=CommentAudience,
        widget=forms.HiddenInput,
        error_messages={
            "required": "だれに見えるコメントかを、ボタンで選んでください。",
            "invalid_choice": "だれに見えるコメントかを、ボタンで選んでください。",
        },
    )

    def __init__(
        self, *args: Any, key: str, on_passage: bool, may_block: bool, **kwargs: Any
    ) -> None:
        kwargs.setdefault("auto_id", f"id_comment_{key}_%s")
        super().__init__(*args, **kwargs)
        if not on_passage:
            del self.fields["quote"], self.fields["start"]
        if not may_block:
            del self.fields["is_blocking"]
        self.helper = _fields_only()


class RemarkForm(forms.Form):
    """An answer in a thread; the submit button sets its kind."""

    text = ProseField(
        label="返答",
        max_length=MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=TOO_LONG,
    )
    kind = forms.ChoiceField(
        label="返答の種類",
        choices=[choice for choice in CommentKind.choices if choice[0] != CommentKind.OPENING],
        widget=forms.HiddenInput,
        error_messages={
            "required": "返答か解決かなどを、ボタンで選んでください。",
            "invalid_choice": "返答か解決かなどを、ボタンで選んでください。",
        },
    )

    def __init__(self, *args: Any, thread: int, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"id_thread_{thread}_%s")
        super().__init__(*args, **kwargs)
        self.helper = _fields_only()


class SuggestionForm(forms.Form):
    """The whole text as it should be, why, and the version on which it was written."""

    text = ProseField(
        label="修正案",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "text-entry", "lang": "ja"}),
        help_text="今の文章が入っています。直したい語句を書き換えます。",
    )
    reason = ProseField(
        label="理由",
        max_length=MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=TOO_LONG,
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class DecisionForm(forms.Form):
    """Which of the changes are taken in, the note, and the version of the entry that was seen."""

    taken = forms.TypedMultipleChoiceField(label="採り入れる箇所", coerce=int, required=False)
    note = ProseField(
        label="連絡・理由",
        max_length=MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="採り入れないときは、理由を記入します。修正案を示した人に伝わります。",
        error_messages=TOO_LONG,
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label="採否",
        choices=[(name, name) for name in ("take", "take_all", "reject")],
        widget=forms.HiddenInput,
        error_messages={"required": "ボタンで選んでください。"},
    )

    def __init__(self, *args: Any, changes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.TypedMultipleChoiceField, self.fields["taken"])
        field.choices = [(number, str(number)) for number in range(changes)]

    @property
    def numbers(self) -> set[int]:
        """The changes ticked, of whatever was sent in."""
        sent = self["taken"].value() or []
        return {int(each) for each in sent if str(each).isdecimal() and len(str(each)) < 6}


def _fields_only() -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper
