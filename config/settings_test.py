"""Settings under which the suite runs: those of an installation, made fast and strict."""

import os
from pathlib import Path
from tempfile import gettempdir

from config.settings import *  # noqa: F403 -- a variation of the settings has all their names
from config.settings import DATABASES, MIDDLEWARE, STORAGES

SECRET_KEY = "of no use outside the tests"  # noqa: S105 -- it protects nothing

# The manifest of static files exists only after collectstatic.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True

# Slowness is the point of the real hashers, and would be most of the suite's time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

CRISPY_FAIL_SILENTLY = False

# Before all others, so that what they do is held to it as well.
MIDDLEWARE = ["tests.safe_requests.SafeRequestMiddleware", *MIDDLEWARE]

AUDIT_HEADS_FILE = Path(gettempdir()) / f"evaluation-sheets-test-{os.getpid()}-audit-heads.txt"

# The workers are tried by tests of their own; starting them for all others would take long.
PRINT_BACKEND = "printing.backends.InProcessBackend"

# Threads of the live server must not keep the test database from being dropped.
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in use: the connections of several threads then contend as they really do. One of
    # each process, so that two runs in one checkout leave each other alone.
    DATABASES["default"]["TEST"] = {
        "NAME": Path(gettempdir()) / f"evaluation-sheets-test-{os.getpid()}.sqlite3"
    }
    # Nothing in it has to survive a power failure.
    DATABASES["default"]["OPTIONS"] = DATABASES["default"]["OPTIONS"] | {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    }
