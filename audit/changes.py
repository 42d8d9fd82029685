"""What an entry of the audit log changed, in the words of the forms: 「状態：審査中 → 確定」."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field

from audit.models import AuditEntry

NOTHING = "なし"


def changes_in_words(entry: AuditEntry) -> Iterator[str]:
    """Yield a line for each value that differs; names and choices are those of the model today.

    A name that is no field of the model stays as it was recorded, such as the name of a figure or
    one that an older version wrote.
    """
    names = [*entry.before, *(name for name in entry.after if name not in entry.before)]
    for name in names:
        before, after = entry.before.get(name), entry.after.get(name)
        if before != after:
            field = _field(entry.object_type, name)
            label = str(field.verbose_name) if field else name
            yield f"{label}：{_in_words(field, before)} → {_in_words(field, after)}"


def _field(object_type: str, name: str) -> "Field[Any, Any] | None":
    try:
        field = apps.get_model(object_type)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None
    return field if isinstance(field, Field) else None


def _in_words(field: "Field[Any, Any] | None", value: Any) -> str:
    if value is None or value in ("", "None", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, list):
        return "、".join(_in_words(field, each) for each in value)
    if isinstance(value, dict):
        return "、".join(f"{key}＝{_in_words(None, each)}" for key, each in value.items())
    choices = dict(field.flatchoices) if field else {}
    return str(choices.get(value, value))
