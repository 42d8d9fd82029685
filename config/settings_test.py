"""Settings of the test suite: those of an installation, but faster and stricter."""

import os
from pathlib import Path
from tempfile import gettempdir

from config.settings import *  # noqa: F403 -- a variation of the settings has all their names
from config.settings import DATABASES, MIDDLEWARE, STORAGES

SECRET_KEY = "of no use outside the tests"  # noqa: S105 -- it protects nothing

# The manifest exists only after collectstatic.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True

# The real hashers are slow by design.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

CRISPY_FAIL_SILENTLY = False

# The first middleware, so that it covers all others.
MIDDLEWARE = ["tests.safe_requests.SafeRequestMiddleware", *MIDDLEWARE]

AUDIT_HEADS_FILE = Path(gettempdir()) / f"evaluation-sheets-test-{os.getpid()}-audit-heads.txt"

# The worker pool has tests of its own; starting it for every other test would take long.
PRINT_BACKEND = "printing.backends.InProcessBackend"

# Persistent connections of the live server would prevent dropping the test database.
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in production, so that threads contend for locks realistically. One per process,
    # so that two runs in one checkout do not interfere.
    DATABASES["default"]["TEST"] = {
        "NAME": Path(gettempdir()) / f"evaluation-sheets-test-{os.getpid()}.sqlite3"
    }
    # No durability needed.
    DATABASES["default"]["OPTIONS"] = DATABASES["default"]["OPTIONS"] | {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    }
