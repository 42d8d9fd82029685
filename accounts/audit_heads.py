"""The heads of the record outside the database: a file to which each is added as it comes.

Whoever holds the password of the database can make up a whole record that is sound in itself. The
file still says what its hashes were. A line holds the number of an entry, its hash, and the time.
"""

import fcntl
import os
import re
from datetime import UTC, datetime
from pathlib import Path

import structlog
from django.conf import settings

from accounts.audit_chain import Note

LINE = re.compile(r"(\d{1,18}) ([0-9a-f]{64}) \S+")
logger = structlog.get_logger(__name__)


def heads_file() -> Path:
    """Return where the heads are noted."""
    return Path(settings.AUDIT_HEADS_FILE)


def note_head(sequence: int, hash: str) -> bool:
    """Add a head to the file and return whether it is on the disk.

    A file that cannot be written is logged, and told by the verification; what the person did is
    done and stays so.
    """
    line = f"{sequence} {hash} {datetime.now(UTC).isoformat(timespec='seconds')}\n"
    try:
        _append(heads_file(), line.encode())
    except OSError as error:
        logger.error("audit_head_not_noted", sequence=sequence, reason=error.strerror)
        return False
    return True


def _append(path: Path, line: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # let go when the file is closed
        file.write(line)
        os.fsync(file.fileno())


def noted_heads() -> tuple[list[Note], list[int]]:
    """Return the heads that the file holds, and the numbers of its lines that hold none.

    Raises OSError where it cannot be read.
    """
    notes, unreadable = [], []
    with heads_file().open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if found := LINE.fullmatch(line.rstrip("\n")):
                notes.append(Note(int(found[1]), found[2], f"控えのファイルの{number}行目"))
            else:
                unreadable.append(number)
    return notes, unreadable
