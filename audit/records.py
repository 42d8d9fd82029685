"""Saving and deleting of model instances together with their audit entry.

For every model without a workflow of its own, in any app.
"""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from audit import trail
from audit.models import ChildRecord
from core.canonical_json import sha256_of
from core.locking import lock_in_order

# Action, recorded on the parent, when a child record moves away or is deleted.
CHILD_LEFT = "register.part_left"

LABELS = {
    "register.add": "台帳への追加",
    "register.change": "台帳の変更",
    "register.delete": "台帳からの削除",
    CHILD_LEFT: "所属する記録の移動・削除",
}


def save_record(instance: models.Model, *, actor: trail.Actor | None) -> None:
    """Save ``instance`` and an audit entry with the changed fields, in one transaction.

    An unchanged instance is not saved and gets no entry.
    """
    with transaction.atomic():
        # Not type(instance): request.user is a lazy object.
        table = instance._meta.model._base_manager
        rows = lock_in_order(table.filter(pk=instance.pk)) if instance.pk else []
        stored = rows[0] if rows else None
        before = fields_of(stored) if stored else {}
        if stored and before == fields_of(instance):
            return
        trail.lock_head()
        instance.save()
        # Read back the stored values: a date may have been assigned as a string.
        after = fields_of(table.get(pk=instance.pk))
        changed = {name for name in after if after[name] != before.get(name)}
        trail.record(
            "register.change" if stored else "register.add",
            instance,
            actor=actor,
            before={name: before[name] for name in changed if name in before},
            after={name: after[name] for name in changed},
        )
        if stored:
            _record_on_parent(stored, before, after, actor)


def delete_record(instance: models.Model, *, actor: trail.Actor | None) -> None:
    """Delete ``instance``, with an audit entry of its fields.

    If it is already deleted, nothing is recorded. Raises ``ProtectedError`` if a row refers to it.
    """
    with transaction.atomic():
        if not lock_in_order(instance._meta.model._base_manager.filter(pk=instance.pk)):
            return
        before = fields_of(instance)
        trail.record("register.delete", instance, actor=actor, before=before)
        _record_on_parent(instance, before, {}, actor)
        instance.delete()


def _record_on_parent(
    part: models.Model, before: dict[str, Any], after: dict[str, Any], actor: trail.Actor | None
) -> None:
    """Record on the parent that ``part`` was moved or deleted, if it was."""
    if isinstance(part, ChildRecord) and any(
        before[name] != after.get(name) for name in part.POSITION_FIELDS
    ):
        place = {name: before[name] for name in part.POSITION_FIELDS}
        trail.record(
            CHILD_LEFT,
            getattr(part, part.PARENT),
            actor=actor,
            before={"part": part._meta.label_lower, "part_id": part.pk, **place},
        )


def digest_of_records(records: Iterable[models.Model]) -> str:
    """Return a hash over all fields of ``records``, to detect changes between two requests."""
    held = [[record._meta.label_lower, fields_of(record)] for record in records]
    return sha256_of(held)


# Only the fact that a secret changed is recorded, never its value.
_SECRET = frozenset({"password"})
_IGNORED = frozenset({"last_login"})


def fields_of(instance: models.Model) -> dict[str, Any]:
    """Return the concrete fields of ``instance`` by attname, as JSON values."""
    return {
        field.attname: _plain(field.attname, field.value_from_object(instance))
        for field in instance._meta.concrete_fields
        if field.attname not in _IGNORED
    }


def _plain(name: str, value: Any) -> Any:
    if name in _SECRET:
        return hashlib.sha256(str(value).encode()).hexdigest()[:12]
    return value if isinstance(value, int | float | bool | None) else str(value)
