"""JSON in one form only, and its hash. It knows no table, so that any process can use it."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def canonical(stored: Mapping[str, Any]) -> bytes:
    """Return the one way to write a JSON value, so that equal values have equal bytes."""
    text = json.dumps(stored, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def sha256_of(stored: Mapping[str, Any]) -> str:
    """Return the sha256 of a JSON value in its canonical form."""
    return hashlib.sha256(canonical(stored)).hexdigest()


def hashes_of(items: Mapping[str, Any]) -> dict[str, str]:
    """Return a short hash of each value, by its key: enough to see which of them changed."""
    return {key: sha256_of({key: value})[:16] for key, value in items.items()}
