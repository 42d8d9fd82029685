"""The one database of an installation, from ``DATABASE_URL``.

Unset means an SQLite file, with which nothing has to be installed; PostgreSQL is for real use.
"""

import re
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

# Many officers save at the same time. A transaction that means to write takes the write lock at
# its start (IMMEDIATE) and waits for it; with SQLite's default it would fail half-way instead.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}


def database_from(url: str, default: Path) -> dict[str, Any]:
    """Return Django's settings for the database at ``url``, or at the file ``default``.

    Raises ImproperlyConfigured, in Japanese, for an address that is none.
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
        # Opened for each request: whoever copies or replaces the file of a site at rest has, or
        # replaces, all of it. A connection that is kept leaves what was last written beside it.
        return database | {"OPTIONS": SQLITE_OPTIONS | database.get("OPTIONS", {})}
    return database | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def heads_file_of(database: dict[str, Any], folder: Path) -> Path:
    """Return where the heads of the audit log of ``database`` are noted unless said otherwise.

    Beside an SQLite file, or in ``folder`` under the name of the server and its database.
    """
    if database["ENGINE"] == "django.db.backends.sqlite3":
        file = Path(database["NAME"])
        return file.with_name(f"{file.stem}-audit-heads.txt")
    place = "-".join(str(database.get(part) or "") for part in ("HOST", "PORT", "NAME"))
    return folder / f"{re.sub(r'[^0-9A-Za-z]+', '-', place).strip('-')}-audit-heads.txt"
