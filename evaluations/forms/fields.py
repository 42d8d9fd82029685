"""Fields that take figures and dates the way Japanese officers type them."""

import calendar
import re
import unicodedata
from datetime import date
from typing import Any

from django import forms

from core.text_fields import TextField

# Longer than any plausible number.
MOST_DIGITS = 20


def half_width(value: Any) -> str:
    """Return what was typed with full-width digits and signs made half-width, no blanks."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", str(value or "")))


class ProseField(TextField):
    """A TextField without ``maxlength`` in its HTML.

    The browser would cut a pasted text silently; the form says that it is too long.
    """

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class NumberField(forms.IntegerField):
    """A count or an amount, ≥ 0: takes 「１，２３４」, shows 「1,234」, cleans to int or None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", 10**12)
        kwargs["widget"] = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        kwargs["error_messages"] = {
            "min_value": "0以上の数で記入してください。",
            "max_value": "値が大きすぎます。単位を確かめてください。",
        } | kwargs.get("error_messages", {})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        typed = half_width(value)
        if not typed:
            return None
        typed = typed.replace("、", ",")
        digits = typed.replace(",", "")
        # 「7,80」 is ambiguous: it may mean 780 or 7,800.
        if len(digits) > MOST_DIGITS or not re.fullmatch(r"-?(\d+|\d{1,3}(,\d{3})+)", typed):
            raise forms.ValidationError(
                f"「{value}」は整数として読めません。「1,234」のように数字だけで記入してください。"
            )
        return int(digits)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}" if isinstance(value, int) else value


# Years from 1900 to 2199: any other is a typing error.
_DAY = re.compile(r"((?:19|20|21)\d\d)[-/.年](\d{1,2})[-/.月](?:(\d{1,2})日?|(末)日?)")
_MONTH = re.compile(r"((?:19|20|21)\d\d)[-/.年](\d{1,2})月?")


class DayField(forms.Field):
    """A date: takes 2017-12-31, 2017/12/31, 2017年12月31日 and 2017年12月末."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def to_python(self, value: Any) -> date | None:
        typed = half_width(value)
        if not typed:
            return None
        found = _DAY.fullmatch(typed)
        try:
            if found is None:
                raise ValueError
            year, month = int(found[1]), int(found[2])
            last = calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 0
            return date(year, month, last if found[4] else int(found[3]))
        except ValueError:
            raise forms.ValidationError(
                f"「{value}」は日付として読めません。「2017年12月31日」又は「2017年12月末」の"
                "ように西暦で記入してください。"
            ) from None

    def prepare_value(self, value: Any) -> Any:
        return f"{value.year}年{value.month}月{value.day}日" if isinstance(value, date) else value


class MonthField(forms.Field):
    """A month: takes 2018-06, 2018/6 and 2018年6月. Cleans to its first day, or None."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def to_python(self, value: Any) -> date | None:
        typed = half_width(value)
        if not typed:
            return None
        found = _MONTH.fullmatch(typed)
        try:
            if found is None:
                raise ValueError
            return date(int(found[1]), int(found[2]), 1)
        except ValueError:
            raise forms.ValidationError(
                f"「{value}」は年月として読めません。「2018年6月」のように西暦で記入してください。"
            ) from None

    def prepare_value(self, value: Any) -> Any:
        return f"{value.year}年{value.month}月" if isinstance(value, date) else value
