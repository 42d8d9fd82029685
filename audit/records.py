"""Records of the register: stored, changed and deleted together with their audit entry.

Every record that has no workflow of its own goes through here, whichever room it belongs to.
"""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from audit import trail
from audit.parts import Part
from core.canonical import sha256_of
from core.locking import lock_in_order

# What the record calls it that a part has left its whole.
PART_LEFT = "register.part_left"

LABELS = {
    "register.add": "台帳への追加",
    "register.change": "台帳の変更",
    "register.delete": "台帳からの削除",
    PART_LEFT: "所属する記録の移動・削除",
}


def save_record(instance: models.Model, *, actor: trail.Actor | None) -> None:
    """Store ``instance`` and the audit entry with what changed, in one transaction.

    An unchanged record is not stored again and leaves no entry.
    """
    with transaction.atomic():
        # Not type(): the person of a request is a proxy.
        table = instance._meta.model._base_manager
        rows = lock_in_order(table.filter(pk=instance.pk)) if instance.pk else []
        stored = rows[0] if rows else None
        before = fields_of(stored) if stored else {}
        if stored and before == fields_of(instance):
            return
        trail.wait_for_turn()
        instance.save()
        # Read back: the database's values, not what was assigned (a string for a date, say).
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
            _tell_whole(stored, before, after, actor)


def delete_record(instance: models.Model, *, actor: trail.Actor | None) -> None:
    """Delete ``instance``, with an audit entry holding what it was.

    One that somebody else deleted meanwhile leaves no second entry. Raises ``ProtectedError``
    where something still refers to it.
    """
    with transaction.atomic():
        if not lock_in_order(instance._meta.model._base_manager.filter(pk=instance.pk)):
            return
        before = fields_of(instance)
        trail.record("register.delete", instance, actor=actor, before=before)
        _tell_whole(instance, before, {}, actor)
        instance.delete()


def _tell_whole(
    part: models.Model, before: dict[str, Any], after: dict[str, Any], actor: trail.Actor | None
) -> None:
    """Record on the whole that ``part`` no longer stands where it did, if that is so."""
    if isinstance(part, Part) and any(before[name] != after.get(name) for name in part.PLACE):
        place = {name: before[name] for name in part.PLACE}
        trail.record(
            PART_LEFT,
            getattr(part, part.WHOLE),
            actor=actor,
            before={"part": part._meta.label_lower, "part_id": part.pk, **place},
        )


def mark_of_records(records: Iterable[models.Model]) -> str:
    """Return a mark of what ``records`` hold: another one as soon as a field of them changes."""
    held = [[record._meta.label_lower, fields_of(record)] for record in records]
    return sha256_of(held)


# What is a secret stays out of the record: that it changed is enough.
_SECRET = frozenset({"password"})
_UNTOLD = frozenset({"last_login"})


def fields_of(instance: models.Model) -> dict[str, Any]:
    """Return the instance's own fields, by name, as JSON can hold them."""
    return {
        field.attname: _plain(field.attname, field.value_from_object(instance))
        for field in instance._meta.concrete_fields
        if field.attname not in _UNTOLD
    }


def _plain(name: str, value: Any) -> Any:
    if name in _SECRET:
        return hashlib.sha256(str(value).encode()).hexdigest()[:12]
    return value if isinstance(value, int | float | bool | None) else str(value)
