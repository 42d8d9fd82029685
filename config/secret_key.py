"""The signing key of an installation, made on its first start and never committed."""

import os
import secrets
from pathlib import Path


def secret_key_from(path: Path) -> str:
    """Return the key kept in ``path``, made first, for its owner's eyes alone, if there is none.

    Two processes starting at once agree: only one of them can create the file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64))
    return path.read_text()
