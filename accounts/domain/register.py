"""Keeping the register: one verb for every record that has no workflow of its own."""

import hashlib
from typing import Any

from django.db import models, transaction

from accounts import audit
from accounts.models import User


def save_record(instance: models.Model, *, actor: User | None) -> None:
    """Store ``instance`` and the audit entry with what changed, in one transaction.

    An unchanged record is not stored again and leaves no entry.
    """
    with transaction.atomic():
        # Not type(): the person of a request is a proxy.
        table = instance._meta.model._base_manager
        stored = table.filter(pk=instance.pk).first() if instance.pk else None
        before = fields_of(stored) if stored else {}
        if stored and before == fields_of(instance):
            return
        instance.save()
        # Read back: the database's values, not what was assigned (a string for a date, say).
        after = fields_of(table.get(pk=instance.pk))
        changed = {name for name in after if after[name] != before.get(name)}
        audit.record(
            "register.change" if stored else "register.add",
            instance,
            actor=actor,
            before={name: before[name] for name in changed if name in before},
            after={name: after[name] for name in changed},
        )


def delete_record(instance: models.Model, *, actor: User | None) -> None:
    """Delete ``instance``, with an audit entry holding what it was.

    Raises ``ProtectedError`` where something still refers to it.
    """
    with transaction.atomic():
        audit.record("register.delete", instance, actor=actor, before=fields_of(instance))
        instance.delete()


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
