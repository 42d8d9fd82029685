"""Database settings from ``DATABASE_URL``.

The default is an SQLite file, which needs no installation; use PostgreSQL in production.
"""

import re
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

# Many officers save at the same time. An IMMEDIATE transaction waits for the write lock at its
# start; SQLite's default, DEFERRED, could fail with "database is locked" at its first write.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}


def database_settings(url: str, default: Path) -> dict[str, Any]:
    """Return the ``DATABASES`` entry for ``url``, or for the SQLite file ``default``.

    Raises ImproperlyConfigured, in Japanese, for an invalid URL.
    """
    try:
        database: dict[str, Any] = {**dj_database_url.parse(url or f"sqlite:///{default}")}
        if database["ENGINE"].rpartition(".")[2] not in ("sqlite3", "postgresql"):
            raise ValueError(url)
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(
            "DATABASE_URL を読めません。postgres://利用者:パスワード@ホスト:5432/名前 又は "
            "sqlite:////絶対パス の形で指定してください。"
        ) from error
    if database["ENGINE"] == "django.db.backends.sqlite3":
        # No persistent connections, so that the WAL is merged into the file when the site is idle,
        # and the file alone can be copied or replaced.
        return database | {"OPTIONS": SQLITE_OPTIONS | database.get("OPTIONS", {})}
    return database | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def default_heads_file(database: dict[str, Any], folder: Path) -> Path:
    """Return the default path of the heads file of the audit log.

    It is next to an SQLite file, or in ``folder``, named after the server and the database.
    """
    if database["ENGINE"] == "django.db.backends.sqlite3":
        file = Path(database["NAME"])
        return file.with_name(f"{file.stem}-audit-heads.txt")
    place = "-".join(str(database.get(part) or "") for part in ("HOST", "PORT", "NAME"))
    return folder / f"{re.sub(r'[^0-9A-Za-z]+', '-', place).strip('-')}-audit-heads.txt"
