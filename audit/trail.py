"""Writing and verifying the audit log."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any, Protocol

import structlog
from django.db import models, transaction
from django.utils import timezone

from audit.actions import require_registered
from audit.chain import GENESIS, ChainCheck, Fault, NotedHead, faults_in
from audit.heads_file import note_head
from audit.models import AuditEntry, AuditHead
from core.canonical_json import sha256_of

SYSTEM = "システム"


class Actor(Protocol):
    """The person who acts; ``str()`` gives their name."""

    pk: Any

    def roles_in_words(self) -> str:
        """Return the roles in which the person acts today; empty if none."""


def record(
    action: str,
    target: models.Model,
    *,
    actor: Actor | None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Append an entry on ``target`` to the chain.

    Call it inside the transaction of the change, so that both are committed or neither. It locks
    the head of the chain, so entries are written one at a time. After the commit the hash is
    noted in the heads file. ``actor`` is None for management commands.
    """
    require_registered(action)
    head = lock_head()
    entry = AuditEntry(
        sequence=head.sequence + 1,
        at=timezone.now(),
        actor_id=actor.pk if actor else None,
        actor_name=str(actor) if actor else SYSTEM,
        role=actor.roles_in_words() if actor else "",
        action=action,
        object_type=target._meta.label_lower,
        object_id=str(target.pk),
        object_label=str(target)[:300],
        before=dict(before or {}),
        after=dict(after or {}),
        # The X-Request-ID header of a client may be of any length.
        request_id=structlog.contextvars.get_contextvars().get("request_id", "")[:60],
        previous_hash=head.hash,
    )
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    head.sequence, head.hash = entry.sequence, entry.hash
    head.chain = head.chain or entry.hash
    head.save()
    transaction.on_commit(partial(note_head, head.chain, entry.sequence, entry.hash), robust=True)
    return entry


def lock_head() -> AuditHead:
    """Return the head of the chain, locked until the transaction ends. At most two queries.

    Also called before inserting a row that must be inserted only once, and before changing a
    unique value. For the latter PostgreSQL takes a row lock that conflicts with foreign keys to
    the row, such as that of an entry about to be committed by the holder of the head.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs inside the transaction of the change it records")
    end, _ = AuditHead.objects.select_for_update(no_key=True).get_or_create(
        pk=1, defaults={"hash": GENESIS}
    )
    return end


def last_sequence_and_hash() -> tuple[int, str]:
    """Return the number and hash of the last entry."""
    last = current_head()
    return last.sequence, last.hash


def current_head() -> AuditHead:
    """Return the stored head of the chain, or that of an empty chain."""
    return AuditHead.objects.filter(pk=1).first() or AuditHead(hash=GENESIS)


def fingerprint_of(text: str) -> dict[str, Any]:
    """Return what the audit log stores of a text: length and SHA-256, never the words."""
    return {"length": len(text), "sha256": hashlib.sha256(text.encode()).hexdigest()}


def hash_of(entry: AuditEntry) -> str:
    """Return the SHA-256 over all fields of ``entry``, including the previous hash."""
    return sha256_of(hashed_fields(entry))


def hashed_fields(entry: AuditEntry) -> dict[str, Any]:
    """Return the hashed fields of ``entry`` as JSON values; see docs/audit.md."""
    return {
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


@dataclass(frozen=True)
class Verification:
    """The result of a verification: number of entries, first and last date, and faults."""

    length: int
    faults: tuple[Fault, ...] = ()
    first_at: datetime | None = field(default=None, compare=False)
    last_at: datetime | None = field(default=None, compare=False)


def verify(notes: Iterable[NotedHead] = ()) -> Verification:
    """Verify the whole chain, and compare it with the ``notes`` of its heads."""
    walked = _Walked()
    end = AuditHead.objects.filter(pk=1).first()
    faults = faults_in(
        walked.each(AuditEntry.objects.order_by("sequence", "pk").iterator()),
        NotedHead(end.sequence, end.hash, "データベース", ChainCheck.END) if end else None,
        hash_of,
        _number_of,
        notes,
        lambda: last_sequence_and_hash()[0],
    )
    return Verification(faults=tuple(faults), **vars(walked))


class _Walked:
    """Counts the entries as they pass, and keeps the dates of the first and the last."""

    def __init__(self) -> None:
        self.length = 0
        self.first_at: datetime | None = None
        self.last_at: datetime | None = None

    def each(self, entries: Iterable[AuditEntry]) -> Iterator[AuditEntry]:
        for entry in entries:
            self.length += 1
            self.first_at = self.first_at or entry.at
            self.last_at = entry.at
            yield entry


def _number_of(hash: str) -> int | None:
    return AuditEntry.objects.filter(hash=hash).values_list("sequence", flat=True).first()
