"""The one database of an installation, from ``DATABASE_URL``.

Unset means an SQLite file, with which nothing has to be installed; PostgreSQL is for real use.
"""

from typing import Any

# Many officers save at the same time. A transaction that means to write takes the write lock at
# its start (IMMEDIATE) and waits for it; with SQLite's default it would fail half-way instead.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}


def with_our_options(database: dict[str, Any]) -> dict[str, Any]:
    """Return Django's settings for ``database`` with the options this product relies on."""
    if database["ENGINE"] == "django.db.backends.sqlite3":
        return database | {"OPTIONS": SQLITE_OPTIONS | database.get("OPTIONS", {})}
    return database | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
