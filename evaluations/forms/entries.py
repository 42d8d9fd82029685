"""The form of one entry, and what is given back of a form that was refused."""

from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict

from core.text_fields import TextField
from editions.definition import Item
from texts.notation import normalize

# The least and most lines of a box: it shows its text, and leaves the next entry visible.
LINES_SHOWN = (4, 24)
CHARACTERS_PER_LINE = 40


def lines_in(text: str) -> int:
    """Return about how many lines ``text`` takes in a box."""
    return sum(1 + len(line) // CHARACTERS_PER_LINE for line in text.split("\n"))


@dataclass(frozen=True)
class SentText:
    """What was written in one box of a form that was refused."""

    label: str
    text: str
    name: str = ""

    @property
    def rows(self) -> int:
        """The height of the box, in lines."""
        return max(LINES_SHOWN[0], min(LINES_SHOWN[1], lines_in(self.text)))


class EntryForm(forms.Form):
    """A text and the version on which it was written. Any length is taken; the checks count."""

    text = TextField(required=False, strip=False, widget=forms.Textarea)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, item: Item, label: str, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"id_{item.key}_%s")
        super().__init__(*args, **kwargs)
        self.item = item
        field = self.fields["text"]
        field.label = label
        field.help_text = item.guidance
        field.widget.attrs |= {"rows": self._rows(), "class": "text-entry", "lang": "ja"}
        # The entry's heading shows the label; the field's is for screen readers.
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.form_show_labels = False

    def _rows(self) -> int:
        lines = lines_in(self["text"].value() or "")
        return max(LINES_SHOWN[0], min(LINES_SHOWN[1], lines + 1))


class AutosaveForm(EntryForm):
    """The form that autosave sends: besides the text, the user of the page.

    ``unanswered`` (repeated) holds texts that the page sent without receiving an answer.
    """

    person = forms.IntegerField()

    def __init__(self, data: QueryDict, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.sent = data.getlist("unanswered")

    @property
    def unanswered(self) -> set[str]:
        """The texts that may have been stored without the page receiving the answer."""
        return {normalize(text) for text in self.sent}


class PresenceForm(forms.Form):
    """The heartbeat of a tab: the entry with the cursor, or none, and the user of the page."""

    person = forms.IntegerField()
    key = forms.CharField(required=False, max_length=60)
    tab = forms.RegexField(r"\A[0-9a-f]{16,32}\Z")
