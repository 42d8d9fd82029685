"""Form field for text, cleaned before validation."""

from typing import Any

from django import forms

from core.cleaning import clean, clean_line


class TextField(forms.CharField):
    """A CharField with cleaned input, so that text of invisible characters alone is empty.

    With a single-line widget the value is a single line.
    """

    def to_python(self, value: Any) -> str | None:
        """Return the cleaned text, so that validators see what will be stored."""
        if value not in self.empty_values:
            is_long = isinstance(self.widget, forms.Textarea)
            value = clean(str(value)) if is_long else clean_line(str(value))
        return super().to_python(value)
