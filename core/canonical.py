"""Canonical JSON: equal values have equal bytes, and so one hash."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

Value = Mapping[str, Any] | Sequence[Any]


def canonical(value: Value) -> bytes:
    """Return the one way to write ``value`` as JSON: keys sorted, no spaces, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def sha256_of(value: Value) -> str:
    """Return the sha256 of ``value`` in canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def hashes_of(items: Mapping[str, Any]) -> dict[str, str]:
    """Return a short hash of each value, by its key: enough to see which of them changed."""
    return {key: sha256_of({key: value})[:16] for key, value in items.items()}
