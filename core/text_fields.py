"""The form field of every text a person types: cleaned before anything else looks at it."""

from typing import Any

from django import forms

from core.cleaning import clean, clean_line


class TextField(forms.CharField):
    """A CharField whose value is cleaned first: a text of invisible marks alone is empty.

    A box of one line gives one line.
    """

    def to_python(self, value: Any) -> str | None:
        """Return the cleaned text, so that its length and its letters are those that are kept."""
        if value not in self.empty_values:
            is_long = isinstance(self.widget, forms.Textarea)
            value = clean(str(value)) if is_long else clean_line(str(value))
        return super().to_python(value)
