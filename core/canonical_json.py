"""Canonical JSON: equal values are serialized to equal bytes and so have the same hash."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

JSONValue = Mapping[str, Any] | Sequence[Any]


def canonical_json(value: JSONValue) -> bytes:
    """Return ``value`` as canonical JSON: sorted keys, no whitespace, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def sha256_of(value: JSONValue) -> str:
    """Return the SHA-256 of ``value`` as canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def hashes_of(items: Mapping[str, Any]) -> dict[str, str]:
    """Return a short hash of each value by its key, to tell which values changed."""
    return {key: sha256_of({key: value})[:16] for key, value in items.items()}
