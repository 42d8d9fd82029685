"""Writing the record, and proving that it is whole."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

import structlog
from django.db import models, transaction
from django.utils import timezone

from accounts.models import AuditEntry, AuditHead, User
from accounts.roles import roles_of

GENESIS = "0" * 64
SYSTEM = "システム"


def record(
    action: str,
    target: models.Model,
    *,
    actor: User | None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Append an entry on ``target`` to the chain.

    Has to be called inside the transaction of the change itself, so that neither stands without
    the other; entries are added one at a time, whoever comes second waits. ``actor`` None means
    a command of the operator's.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs inside the transaction of the change it records")
    head, _ = AuditHead.objects.select_for_update().get_or_create(pk=1, defaults={"hash": GENESIS})
    entry = AuditEntry(
        sequence=head.sequence + 1,
        at=timezone.now(),
        actor=actor,
        actor_name=str(actor) if actor else SYSTEM,
        role=roles_of(actor).in_words if actor else "",
        action=action,
        object_type=target._meta.label_lower,
        object_id=str(target.pk),
        object_label=str(target)[:300],
        before=dict(before or {}),
        after=dict(after or {}),
        # A client may name its request, in as many letters as it likes.
        request_id=structlog.contextvars.get_contextvars().get("request_id", "")[:60],
        previous_hash=head.hash,
    )
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    head.sequence, head.hash = entry.sequence, entry.hash
    head.save()
    return entry


def hash_of(entry: AuditEntry) -> str:
    """Return the sha256 over every field of ``entry`` and its predecessor's hash."""
    content = {
        "sequence": entry.sequence,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor_id,
        "actor_name": entry.actor_name,
        "role": entry.role,
        "action": entry.action,
        "object_type": entry.object_type,
        "object_id": entry.object_id,
        "object_label": entry.object_label,
        "before": entry.before,
        "after": entry.after,
        "request_id": entry.request_id,
        "previous_hash": entry.previous_hash,
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True)
class Verification:
    """What a walk along the chain found: its length, and the first fault if there is one."""

    length: int
    broken_at: int | None = None
    problem: str = ""


def verify() -> Verification:
    """Walk the whole chain and return what was found; the first fault ends the walk."""
    previous = GENESIS
    length = 0
    for entry in AuditEntry.objects.order_by("sequence", "pk").iterator():
        expected = length + 1
        if entry.sequence != expected:
            return Verification(length, expected, f"番号{expected}の記録がありません。")
        if entry.previous_hash != previous:
            return Verification(length, expected, "直前の記録とつながっていません。")
        if entry.hash != hash_of(entry):
            return Verification(length, expected, "記録の内容が書き換えられています。")
        previous = entry.hash
        length = expected
    return _verify_end(AuditHead.objects.filter(pk=1).first(), length, previous)


def _verify_end(head: AuditHead | None, length: int, last: str) -> Verification:
    """Compare the end of a chain that is whole in itself with the end that was noted."""
    noted = head.sequence if head else 0
    if noted > length:
        return Verification(length, length + 1, "末尾の記録が失われています。")
    if noted < length:
        return Verification(noted, noted + 1, "末尾に記録が書き足されています。")
    if head and length and head.hash != last:
        return Verification(length - 1, length, "末尾の記録が差し替えられています。")
    return Verification(length)
