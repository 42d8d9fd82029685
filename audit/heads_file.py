"""The heads file: the hash of each audit entry, noted outside the database.

Anybody with the database password could rewrite the whole log as a consistent chain. The file
would still have the original hashes. Its first line identifies the log by the hash of its first
entry; each further line has the number of an entry, its hash, and the time.
"""

import fcntl
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import structlog
from django.conf import settings

from audit.chain import NotedHead

CHAIN = re.compile(r"chain ([0-9a-f]{64})\n?")
LINE = re.compile(r"(\d{1,18}) ([0-9a-f]{64}) \S+\n?")
_LENGTH_OF_FIRST_LINE = len("chain ") + 64 + 1
logger = structlog.get_logger(__name__)


class ForeignHeadsFile(Exception):
    """The heads file belongs to the audit log of another database."""

    def __init__(self) -> None:
        super().__init__(
            f"控えのファイル {heads_file()} は、このデータベースのものではありません（監査記録が"
            "初めから作り直されたときも、こう表示されます）。このファイルには何も書き加えません。"
            "AUDIT_HEADS_FILE の指定を確かめ、前のデータベースのものであれば、"
            "manage.py set_audit_heads_aside で別の名前にしてください。"
        )


@dataclass(frozen=True)
class HeadsFile:
    """The content of the heads file: the heads, and the numbers of unreadable lines."""

    notes: list[NotedHead]
    unreadable: list[int]


def heads_file() -> Path:
    """Return the path of the heads file."""
    return Path(settings.AUDIT_HEADS_FILE)


def note_head(chain: str, sequence: int, hash: str) -> None:
    """Append a head after the commit; log a failure.

    The change itself is committed by then. The verification reports a missing head.
    """
    try:
        append_head(chain, sequence, hash)
    except OSError as error:
        logger.error("audit_head_not_noted", sequence=sequence, reason=error.strerror)
    except ForeignHeadsFile:
        logger.error("audit_heads_of_another_database", sequence=sequence, file=str(heads_file()))


def append_head(chain: str, sequence: int, hash: str) -> None:
    """Append a head of the log ``chain`` to the file, and fsync.

    Raises OSError if the file cannot be written, ForeignHeadsFile if it is another log's.
    """
    path = heads_file()
    line = f"{sequence} {hash} {datetime.now(UTC).isoformat(timespec='seconds')}\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # released when the file is closed
        first = f"chain {chain}\n"
        begun = os.pread(file.fileno(), _LENGTH_OF_FIRST_LINE, 0)
        if begun and begun != first.encode():
            raise ForeignHeadsFile
        file.write((line if begun else first + line).encode())
        os.fsync(file.fileno())


def belongs_to_another_chain(chain: str) -> bool:
    """Whether the file exists and belongs to another log than ``chain``."""
    try:
        with heads_file().open("rb") as file:
            begun = file.read(_LENGTH_OF_FIRST_LINE)
    except FileNotFoundError:
        return False
    return bool(begun) and begun != f"chain {chain}\n".encode()


def noted_heads() -> HeadsFile:
    """Read the heads file. Raises OSError if it cannot be read."""
    notes, unreadable = [], []
    with heads_file().open(encoding="utf-8", errors="replace", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            if found := LINE.fullmatch(line):
                notes.append(NotedHead(int(found[1]), found[2], f"控えのファイルの{number}行目"))
            elif number > 1 or not CHAIN.fullmatch(line):
                unreadable.append(number)
    return HeadsFile(notes, unreadable)


def set_heads_aside() -> Path:
    """Rename the file, adding the time to its name, and return its new path."""
    file = heads_file()
    return file.rename(file.with_name(f"{file.name}.{datetime.now():%Y%m%d-%H%M%S}"))
