"""Writing the record, and proving that it is whole."""

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
from audit.chain import GENESIS, Check, Fault, Note, faults_in
from audit.models import AuditEntry, AuditHead
from audit.witnesses import note_head
from core.canonical import sha256_of

SYSTEM = "システム"


class Actor(Protocol):
    """The person who acts; ``str()`` gives their name."""

    pk: Any

    def roles_in_words(self) -> str:
        """Return the titles in which the person acts today; empty without any."""


def record(
    action: str,
    target: models.Model,
    *,
    actor: Actor | None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Append an entry on ``target`` to the chain.

    Has to be called inside the transaction of the change itself, so that neither stands without
    the other; entries are added one at a time, whoever comes second waits. Once committed, the
    entry's hash is noted outside the database. ``actor`` None means a command of the operator's.
    """
    require_registered(action)
    head = wait_for_turn()
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
        # A client may name its request, in as many letters as it likes.
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


def wait_for_turn() -> AuditHead:
    """Return the end of the chain, locked until the transaction ends.

    Taken before a row is added that only one may add, and before a unique value of a row is
    changed: PostgreSQL then locks the row against all who refer to it, such as somebody who has
    the turn and is about to commit. Two queries at most.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs inside the transaction of the change it records")
    end, _ = AuditHead.objects.select_for_update(no_key=True).get_or_create(
        pk=1, defaults={"hash": GENESIS}
    )
    return end


def head() -> tuple[int, str]:
    """Return the number and the hash of the last entry there is."""
    last = stored_head()
    return last.sequence, last.hash


def stored_head() -> AuditHead:
    """Return the end of the chain as it is stored, or that of an empty one."""
    return AuditHead.objects.filter(pk=1).first() or AuditHead(hash=GENESIS)


def fingerprint_of(text: str) -> dict[str, Any]:
    """Return what the record keeps of a text: its length and sha256, never the words."""
    return {"length": len(text), "sha256": hashlib.sha256(text.encode()).hexdigest()}


def hash_of(entry: AuditEntry) -> str:
    """Return the sha256 over every field of ``entry`` and its predecessor's hash."""
    return sha256_of(hashed_fields(entry))


def hashed_fields(entry: AuditEntry) -> dict[str, Any]:
    """Return what the hash of ``entry`` is made of, as JSON holds it; see docs/audit.md."""
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
    """What a walk along the chain found: how many entries, from when to when, what is wrong."""

    length: int
    faults: tuple[Fault, ...] = ()
    first_at: datetime | None = field(default=None, compare=False)
    last_at: datetime | None = field(default=None, compare=False)


def verify(notes: Iterable[Note] = ()) -> Verification:
    """Walk the whole chain and return what was found, compared with ``notes`` of its heads."""
    walked = _Walked()
    end = AuditHead.objects.filter(pk=1).first()
    faults = faults_in(
        walked.each(AuditEntry.objects.order_by("sequence", "pk").iterator()),
        Note(end.sequence, end.hash, "データベース", Check.END) if end else None,
        hash_of,
        _number_of,
        notes,
        lambda: head()[0],
    )
    return Verification(faults=tuple(faults), **vars(walked))


class _Walked:
    """How many entries have gone by, and when the first and the last were written."""

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
